"""Which contracts can be amended."""

from __future__ import annotations

from marketplace.trading.amendments.states import AMENDABLE
from marketplace.trading.models import Order


def is_amendable(order: Order) -> bool:
    """Tell whether an order's signed contract is in force, and no notice was given."""
    return order.state in AMENDABLE and order.ends_on is None
