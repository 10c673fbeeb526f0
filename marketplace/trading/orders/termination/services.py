"""A side ends a concluded contract, with a reason: at once, or when what is paid for is over."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import (
    Actor,
    NotAllowed,
    clock,
    locked,
)
from marketplace.core.arguments import reason_of
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.gate.composing import is_refused
from marketplace.trading.orders.contract.events import (
    ContractTerminated,
    TerminationGiven,
)
from marketplace.trading.orders.contract.rules import is_noticed, leave_until
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of
from marketplace.trading.orders.order.selectors import orders_ending, orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.drawing import left_of_paid
from marketplace.trading.orders.settlement.held_money import return_released, wind_up
from marketplace.trading.orders.settlement.selectors import NOTHING, held_of, next_charge_of
from marketplace.trading.orders.settlement.unused import unused_part
from marketplace.trading.orders.termination.rules import check_terminate_contract

WHY = reason_of(Order)


@transaction.atomic
def terminate_contract(order_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Order:
    """End the contract of an order. Giving notice again changes nothing.

    Before delivery either side ends it at once, and what is held goes back to the buyer. Between
    delivery and acceptance only the seller does, with the same effect: the buyer accepts or
    objects. After acceptance what is paid by periods ends when the paid period does, for either
    side; what was paid for as a whole only the buyer gives up, at once and without a refund. A
    buyer of later revisions leaves at once within 30 days after rules of quality promise less, and
    what was paid for the days that are left goes back, as far as the seller's account holds it.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no side of it.
        WrongState: it is not concluded, in dispute or over; the register passes or has passed the
            right that it sold (`right-passing`, `right-passed`); or the rule above leaves it to the
            other side (`not-yours-to-end`); or the buyer owes what is due (`charge-overdue`).
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if is_noticed(order) and side_of(by, order) is not None:
        return order
    side = check_terminate_contract(order, by)
    order.reason = WHY.given(reason)
    if side == Side.BUYER and leave_until(order) is not None:
        return _end(order, side=side.value, leaves=True, by=by)
    coming = next_charge_of(order, on=clock.today())
    if order.state == OrderState.COMPLETED and coming is not None:
        order.ends_on = coming.due_on
        order.save(update_fields=["reason", "ends_on"])
        record(
            TerminationGiven(
                subject=f"order:{order.pk}",
                about=(f"contract:{order.contract.pk}", *order.concerns),
                side=side.value,
                ends_on=coming.due_on.isoformat(),
            ),
            binds=bound(order),
            by=by,
        )
        return order
    return _end(order, side=side.value, by=by)


@transaction.atomic
def end_refused_order(order_id: UUID, *, by: Actor) -> Order:
    """End a paid order whose data may no longer go out: all that is held goes back to the buyer.

    Nothing changes where the data may go out, or the order is not paid or over.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software ends what it cannot deliver."))
    if order.state != OrderState.PAID or not is_refused(bought_listing(order)):
        return order
    order.reason = _(
        "Together with an earlier release about the same people, the data tells more of a person "
        "than the centre allows. It is not delivered, and the money goes back."
    )
    return _end(order, side="", by=by)


def end_terminated_contracts(*, by: Actor) -> list[UUID]:
    """End each contract whose notice has run out; return the orders.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    ended = []
    for order_id in list(orders_ending(clock.today()).values_list("pk", flat=True)):
        with by_itself():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state == OrderState.COMPLETED and order.ends_on is not None:
                _end(order, side="", by=by)
                ended.append(order_id)
    return ended


def _end(order: Order, *, side: str, leaves: bool = False, by: Actor) -> Order:
    cause, why = f"termination:{order.pk}", CreditReason.TERMINATED
    if leaves:
        cause, why = f"leaving:{order.pk}", CreditReason.LEFT
    held = NOTHING if order.state == OrderState.COMPLETED else held_of(order)
    back = NOTHING
    if leaves:
        due = min(unused_part(order, on=clock.today()), left_of_paid(order))
        back = return_released(order, due, cause=cause, why=why)
    move_order(order, OrderState.TERMINATED)
    order.ends_on = order.ends_on or clock.today()
    order.save(update_fields=["state", "reason", "ends_on"])
    wind_up(order, refund=held, cause=cause, why=why, by=by)
    ask_deletion(order, cause=DeletionCause.TERMINATED, by=by)
    record(
        ContractTerminated(
            subject=f"order:{order.pk}",
            about=(f"contract:{order.contract.pk}", *order.concerns),
            side=side,
            refunded=str(held + back),
            currency=order.currency,
        ),
        binds=bound(order),
        by=by,
    )
    return order
