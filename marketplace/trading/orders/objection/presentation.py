"""What an order's page shows of the answers to an objection."""

from typing import Any

from marketplace.core import Actor
from marketplace.trading.orders.objection.rules import acts_on_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.selectors import remedies_of
from marketplace.trading.orders.remedy.states import RemedyState
from marketplace.trading.orders.settlement.selectors import held_of


def remedies_on_page(order: Order, by: Actor) -> dict[str, Any]:
    """Return what a page shows: each remedy, the one that waits, and what of it the reader may."""
    remedies = list(remedies_of(order))
    if order.delivered_at is None and not remedies:
        return {}
    is_objected = order.state == OrderState.OBJECTED
    waiting = [one for one in remedies if one.state == RemedyState.OFFERED]
    return {
        "remedies": remedies,
        "remedy": waiting[0] if waiting else None,
        "remedy_acts": acts_on_remedy(waiting[0], by) if waiting else None,
        "held": held_of(order) if is_objected else None,
    }
