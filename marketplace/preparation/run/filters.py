from django.utils.translation import gettext_lazy as _

from marketplace.preparation.run.models import Run
from marketplace.web.lists import Day, Facet, ListFilters, Words


class RunFilters(ListFilters):
    q = Words("version__dataset__title")
    state = Facet.of(Run, "state")
    kind = Facet.of(Run, "kind")
    since = Day(_("Requested from"), "created_at", "gte")
    until = Day(_("Requested until"), "created_at", "lte")
