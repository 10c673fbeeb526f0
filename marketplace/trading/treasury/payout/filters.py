from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.web.lists import Day, Facet, ListFilters, Words


class DisbursementFilters(ListFilters):
    q = Words(
        *("reason", "account__organization__name", "order__buyer__name"),
        number=Order.NUMBERED,
        of="order_id",
    )
    state = Facet.of(Disbursement, "state")
    kind = Facet.of(Disbursement, "kind")
    since = Day(_("Proposed from"), "created_at", "gte")
    until = Day(_("Proposed until"), "created_at", "lte")
