"""How acts on disputes fetch what they change, with the order's lock."""

from uuid import UUID

from marketplace.core import Actor, locked, visible
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def both(dispute_id: UUID, *, by: Actor) -> tuple[Order, Dispute]:
    """Return a dispute and its order, both locked, the order first."""
    seen = visible(disputes_visible_to(by), pk=dispute_id)
    order = locked(orders_visible_to(by), pk=seen.order_id)
    return order, locked(disputes_visible_to(by), pk=dispute_id)
