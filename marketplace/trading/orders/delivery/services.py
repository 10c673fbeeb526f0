"""Data is delivered, and the buyer accepts it or objects."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import (
    Actor,
    NotAllowed,
    clock,
    locked,
    workdays,
)
from marketplace.core.arguments import reason_of
from marketplace.core.terms import has_passed, keep_term
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.delivery import rules
from marketplace.trading.orders.delivery.completing import complete
from marketplace.trading.orders.order.events import (
    DeliveryObjected,
    OrderDelivered,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState

WHY = reason_of(Order)


@transaction.atomic
def mark_delivered(order_id: UUID, *, by: Actor) -> Order:
    """Let the term of acceptance begin: the buyer has opened the data. Again changes nothing.

    Called by the delivery in its own transaction.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software tells when data is delivered."))
    if order.delivered_at is not None:
        return order
    move_order(order, OrderState.DELIVERED)
    days = order.agreed_terms.acceptance_days
    order.delivered_at = clock.now()
    acceptance = workdays.calendar().term(clock.today(), days)
    keep_term(order, "acceptance_due_on", acceptance)
    order.save(update_fields=["state", "delivered_at", "acceptance_due_on", "provisional"])
    record(
        OrderDelivered(
            subject=f"order:{order.pk}",
            about=order.concerns,
            acceptance_due_on=acceptance.last_day.isoformat(),
        ),
        binds=bound(order),
        by=by,
    )
    return order


@transaction.atomic
def accept_delivery(order_id: UUID, *, by: Actor) -> Order:
    """Accept what was delivered: the held money goes to the seller, less the centre's fee.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not delivered, or is accepted already.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    rules.check_accept_delivery(order, by)
    return complete(order, is_silent=False, by=by)


@transaction.atomic
def object_to_delivery(order_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Order:
    """Object to what was delivered: silence accepts no more, and the money stays held.

    The buyer may still accept, once the sides have agreed. Objecting again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not waiting for its acceptance.
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if order.state == OrderState.OBJECTED and side_of(by, order) == Side.BUYER:
        return order
    rules.check_object_to_delivery(order, by)
    move_order(order, OrderState.OBJECTED)
    order.reason = WHY.given(reason)
    order.save(update_fields=["state", "reason"])
    record(
        DeliveryObjected(subject=f"order:{order.pk}", about=order.concerns),
        binds=bound(order),
        by=by,
    )
    return order


def complete_silent_orders(*, by: Actor) -> list[UUID]:
    """Accept each delivery whose term has passed without a word; return which orders.

    A suspended listing stops the clock for its buyers: silence is not taken for consent there.
    Each order is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    due = Order.objects.filter(
        state=OrderState.DELIVERED, acceptance_due_on__lt=clock.today()
    ).exclude(listing__state=ListingState.SUSPENDED)
    completed = []
    for order_id in list(due.values_list("pk", flat=True)):
        with by_itself():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state == OrderState.DELIVERED and has_passed(order, "acceptance_due_on"):
                complete(order, is_silent=True, by=by)
                completed.append(order_id)
    return completed
