from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.order.filters import OF_ORDER
from marketplace.trading.orders.order.models import Order
from marketplace.web.lists import Day, Facet, ListFilters, Words


class DeletionFilters(ListFilters):
    """Overdue statements, as sellers and reviewers look for them."""

    q = Words(*OF_ORDER, number=Order.NUMBERED, of="order_id")
    cause = Facet.of(Deletion, "cause")
    since = Day(_("Due from"), "due_on", "gte")
    until = Day(_("Due until"), "due_on", "lte")
