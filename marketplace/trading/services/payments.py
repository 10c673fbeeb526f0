"""Money comes in, is held until the delivery is accepted, and is released."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock, workdays
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.core.terms import has_passed, keep_term
from marketplace.ledger.services.recording import record
from marketplace.trading import gate, policies
from marketplace.trading.budgets import refuse_unless_promised
from marketplace.trading.events import (
    DeliveryObjected,
    OrderCompleted,
    OrderDelivered,
)
from marketplace.trading.models import Order, Payment, PaymentChannel
from marketplace.trading.money.selectors import open_charge_of
from marketplace.trading.money.steps import deposit, pay_charge, release
from marketplace.trading.selectors import orders_visible_to, organization_kind_of
from marketplace.trading.states import ORDER, ListingState, OrderState

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{3,39}")


@transaction.atomic
def record_payment(order_id: UUID, *, reference: str, by: Actor) -> Order:
    """Book what the buyer of an order owes next, and hold it until the delivery is accepted.

    `reference` is the bank's, 4 to 40 letters, digits, hyphens and slashes: never a name. The same
    reference again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the order is not waiting for its payment, or the listing does not stand.
        Invalid: the reference is none, or was used for another payment.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not policies.may_record_payment(by, organization_kind_of(by)):
        raise NotAllowed(_("Only a finance officer of the centre can record a payment."))
    reference = reference.strip()
    if not REFERENCE.fullmatch(reference):
        sentence = _(
            "Give the bank's reference: 4 to 40 letters, digits, hyphens or slashes, and no name."
        )
        raise Invalid(sentence, fields={"reference": [sentence]})
    known = Payment.objects.filter(reference=reference).select_related("charge").first()
    if known is not None:
        if known.charge is not None and known.charge.order_id == order.pk:
            return order
        sentence = _("This reference was recorded for another order. Check the bank's statement.")
        raise Invalid(sentence, code="reference-reused", fields={"reference": [sentence]})
    charge = open_charge_of(order)
    if charge is None:
        raise WrongState(_("This order is not waiting for a payment. Reload the page."))
    if order.state == OrderState.SIGNED:
        gate.refuse_unless_standing(order.listing)
        refuse_unless_promised(order)
    payment = Payment.objects.create(
        channel=PaymentChannel.OFFICER,
        reference=reference,
        amount=charge.amount,
        currency=charge.currency,
        received_on=clock.today(),
        claimed_reference=charge.reference,
    )
    deposit(payment)
    pay_charge(order, charge, payment, by=by)
    return order


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
    ORDER.move(order, OrderState.DELIVERED)
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
    if not policies.may_accept_delivery(by, order):
        raise NotAllowed(_("Only the buyer can accept the delivery."))
    return _complete(order, is_silent=False, by=by)


@transaction.atomic
def object_to_delivery(order_id: UUID, *, reason: str, by: Actor) -> Order:
    """Object to what was delivered: silence accepts no more, and the money stays held.

    The buyer may still accept, once the sides have agreed. Objecting again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not waiting for its acceptance.
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not policies.may_accept_delivery(by, order):
        raise NotAllowed(_("Only the buyer can object to the delivery."))
    if order.state == OrderState.OBJECTED:
        return order
    if order.state != OrderState.DELIVERED:
        # A dispute can go on as an objection, which is the mediator's to say.
        raise WrongState(_("This order is not waiting for its acceptance. Reload the page."))
    ORDER.move(order, OrderState.OBJECTED)
    if not reason.strip():
        sentence = _("Say what is wrong with the delivery.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    order.reason = reason.strip()
    order.save(update_fields=["state", "reason"])
    record(DeliveryObjected(subject=f"order:{order.pk}", about=order.concerns), by=by)
    return order


def complete_silent_orders(*, by: Actor) -> list[UUID]:
    """Accept each delivery whose term has passed without a word; answer which orders.

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
        with transaction.atomic():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state == OrderState.DELIVERED and has_passed(order, "acceptance_due_on"):
                _complete(order, is_silent=True, by=by)
                completed.append(order_id)
    return completed


def _complete(order: Order, *, is_silent: bool, by: Actor) -> Order:
    if order.state not in (OrderState.DELIVERED, OrderState.OBJECTED):
        raise WrongState(_("This order is not waiting for its acceptance. Reload the page."))
    ORDER.move(order, OrderState.COMPLETED)
    split = release(order, cause=f"order:{order.pk}:acceptance")
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
        by=by,
    )
    return order
