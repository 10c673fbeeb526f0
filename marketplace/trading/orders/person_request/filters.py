from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.web.lists import Day, Facet, ListFilters, Words


class PersonRequestFilters(ListFilters):
    q = Words("reference", "dataset__title")
    state = Facet.of(PersonRequest, "state")
    kind = Facet.of(PersonRequest, "kind")
    since = Day(_("Last day from"), "due_on", "gte")
    until = Day(_("Last day until"), "due_on", "lte")
