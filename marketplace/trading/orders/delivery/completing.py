"""How an order is completed, in its caller's transaction."""

from marketplace.core import Actor, clock
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.delivery.rules import check_unaccepted
from marketplace.trading.orders.order.events import OrderCompleted
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.held_money import release


def complete(order: Order, *, is_silent: bool, by: Actor, bears: bool = True) -> Order:
    """Take the delivery of a locked order as accepted, and release what is held.

    `bears` tells whether the centre adds what banks kept of it.

    Raises:
        WrongState: it is not delivered, or is accepted already.
    """
    check_unaccepted(order)
    move_order(order, OrderState.COMPLETED)
    split = release(order, cause=f"order:{order.pk}:acceptance", bears=bears)
    order.completed_at = clock.now()
    order.save(update_fields=["state", "completed_at"])
    record(
        OrderCompleted(
            subject=f"order:{order.pk}",
            about=order.concerns,
            is_silent=is_silent,
            released=str(split.seller),
            fee=str(split.fee),
            currency=order.currency,
        ),
        binds=bound(order),
        by=by,
    )
    return order
