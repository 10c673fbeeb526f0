"""What the page of an order shows of its recall."""

from typing import Any

from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.selectors import recall_of


def recall_on_page(order: Order) -> dict[str, Any]:
    return {"recall": recall_of(order)}
