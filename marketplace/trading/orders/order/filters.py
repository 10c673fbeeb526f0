from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.orders.order.models import Order
from marketplace.web.lists import Day, Facet, ListFilters, Words

OF_ORDER = ("order__listing__title", "order__buyer__name", "order__listing__organization__name")
"""By what words what belongs to an order is found."""


class OrderFilters(ListFilters):
    q = Words(
        *("listing__title", "buyer__name", "listing__organization__name"), number=Order.NUMBERED
    )
    state = Facet.of(Order, "state")
    delivery_mode = Facet(_("Delivery"), modes_to_choose(), of="listing__delivery_mode")
    since = Day(_("Ordered from"), "created_at", "gte")
    until = Day(_("Ordered until"), "created_at", "lte")
