from marketplace.trading.listings.income_share.models import IncomeShare
from marketplace.web.lists import Facet, ListFilters, Words


class IncomeShareFilters(ListFilters):
    q = Words("organization__name", "listing__title")
    state = Facet.of(IncomeShare, "state")
    ground = Facet.of(IncomeShare, "ground")
