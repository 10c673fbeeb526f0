from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.order.filters import OF_ORDER
from marketplace.trading.orders.order.models import Order
from marketplace.web.lists import Day, Facet, ListFilters, Words


class DisputeFilters(ListFilters):
    q = Words(*OF_ORDER, number=Order.NUMBERED, of="order_id")
    state = Facet.of(Dispute, "state")
    since = Day(_("Opened from"), "created_at", "gte")
    until = Day(_("Opened until"), "created_at", "lte")
