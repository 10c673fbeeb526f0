from django.utils.translation import gettext_lazy as _

from marketplace.pipeline.models import SetAside
from marketplace.web.lists import Day, Facet, ListFilters, Words


class SetAsideFilters(ListFilters):
    q = Words("reaction", "error")
    state = Facet.of(SetAside, "state")
    since = Day(_("Tried from"), "tried_at", "gte")
    until = Day(_("Tried until"), "tried_at", "lte")
