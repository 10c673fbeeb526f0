from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.recall.models import Reidentification
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ReidentificationFilters(ListFilters):
    q = Words("reference", "risk_report__version__dataset__title")
    state = Facet.of(Reidentification, "state")
    cause = Facet.of(Reidentification, "cause")
    since = Day(_("Reported from"), "created_at", "gte")
    until = Day(_("Reported until"), "created_at", "lte")
