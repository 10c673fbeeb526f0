"""What the page of an order shows of the deletion that its buyer owes."""

from typing import Any

from marketplace.trading.orders.deletion.selectors import deletion_of
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.order.models import Order
from marketplace.web.taking import form_of


def deletion_on_page(order: Order) -> dict[str, Any]:
    """Return what the buyer owes or has stated, and the form by which they state it."""
    return {"deletion": deletion_of(order), "deletion_form": form_of(state_deletion)()}
