from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.filters import OF_ORDER
from marketplace.trading.orders.order.models import Order
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ContractFilters(ListFilters):
    q = Words("digest", *OF_ORDER, number=Contract.NUMBERED)
    state = Facet(_("Order"), Order._meta.get_field("state").flatchoices, of="order__state")
    since = Day(_("Signed from"), "buyer_signed_at", "gte")
    until = Day(_("Signed until"), "buyer_signed_at", "lte")
