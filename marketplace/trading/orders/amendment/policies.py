"""Which contracts can be amended."""

from __future__ import annotations

from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.orders.amendment.states import AMENDABLE
from marketplace.trading.orders.order.models import Order


def is_amendable(order: Order) -> bool:
    """Tell whether an order's signed contract is in force, no notice was given, and it licenses.

    The sale of a right is over with the register's entry, and has no terms that could change.
    """
    return order.state in AMENDABLE and order.ends_on is None and not sells_right(order.listing)
