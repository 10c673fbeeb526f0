"""What the page of an order shows of its recall."""

from __future__ import annotations

from typing import Any

from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.recall.forms import DeletionForm
from marketplace.trading.orders.recall.selectors import recall_of


def recall_on_page(order: Order, side: Side | None) -> dict[str, Any]:
    """Return what a recall did to an order, and whether this side has to state its deletion."""
    recall = recall_of(order)
    return {
        "recall": recall,
        "states_deletion": recall is not None
        and recall.deletion_due_on is not None
        and recall.stated_at is None
        and side == Side.BUYER,
        "deletion_form": DeletionForm(),
    }
