"""The steps that acts on an order share, each in its caller's transaction."""

from marketplace.trading.listings.market.availability import keep_sale
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import ORDER, UNDONE, OrderState
from marketplace.trading.orders.remedy.lapsing import lapse_remedies


def move_order(order: Order, state: OrderState) -> None:
    """Move an order on; its listing is told where that frees or fulfils the sale.

    What the seller offered against an objection lapses with it.

    Raises:
        WrongState: no way leads there.
    """
    before, was_objected = _left_of(order), order.state == OrderState.OBJECTED
    ORDER.move(order, state)
    if was_objected:
        lapse_remedies(order)
    if (now := _left_of(order)) != before:
        is_live, is_completed = now
        keep_sale(order.pk, is_live=is_live, is_completed=is_completed)


def _left_of(order: Order) -> tuple[bool, bool]:
    return order.state not in UNDONE, order.state == OrderState.COMPLETED
