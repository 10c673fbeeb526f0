"""Whether what listings know of their sales is what the orders say."""

from __future__ import annotations

from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import UNDONE


def disagreements() -> list[str]:
    """Name each order whose sale is missing, doubled or other than the order says."""
    said = {
        (
            *(order.pk, order.listing_id, order.buyer_id, order.is_exclusive, order.sale_number),
            *(order.state not in UNDONE, order.state == "completed"),
        )
        for order in Order.objects.all()
    }
    columns = ("order_id", "listing_id", "buyer_id", "is_exclusive", "number")
    known = set(TakenSale.objects.values_list(*columns, "is_live", "is_completed"))
    return sorted(str(row[0]) for row in said ^ known)
