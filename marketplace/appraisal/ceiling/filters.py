from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.web.lists import Day, Facet, ListFilters, Words


class CeilingFilters(ListFilters):
    q = Words("dataset__title", "organization__name")
    state = Facet.of(PriceCeiling, "state")
    since = Day(_("Period from"), "period_from", "gte")
    until = Day(_("Period until"), "period_until", "lte")
