from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.demand.models import Demand
from marketplace.web.lists import Day, Facet, ListFilters, Words


class DemandFilters(ListFilters):
    q = Words("title", "wanted", "purpose", "buyer__name")
    state = Facet.of(Demand, "state")
    since = Day(_("Open from"), "open_until", "gte")
    until = Day(_("Open until"), "open_until", "lte")
