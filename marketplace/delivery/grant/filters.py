from django.utils.translation import gettext_lazy as _

from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.orders.order.models import Order
from marketplace.web.lists import Day, Facet, ListFilters, Words


class GrantFilters(ListFilters):
    q = Words(
        *("listing__title", "organization__name", "listing__organization__name"),
        number=Order.NUMBERED,
        of="order_id",
    )
    state = Facet.of(Grant, "state")
    mode = Facet(_("Delivery"), modes_to_choose(), of="mode")
    since = Day(_("Ends from"), "expires_at", "gte")
    until = Day(_("Ends until"), "expires_at", "lte")
