from django.utils.translation import gettext_lazy as _

from marketplace.accounting.models import Recognition
from marketplace.web.lists import Day, Facet, ListFilters, Words


class RecognitionFilters(ListFilters):
    q = Words("dataset__title", "organization__name")
    state = Facet.of(Recognition, "state")
    category = Facet.of(Recognition, "category")
    since = Day(_("Ready from"), "ready_on", "gte")
    until = Day(_("Ready until"), "ready_on", "lte")
