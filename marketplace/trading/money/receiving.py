"""Take money that came in: once by the bank's reference, for what it pays, or to wait."""

from __future__ import annotations

from enum import StrEnum

from django.db import IntegrityError, transaction

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.ledger.services.recording import record
from marketplace.trading import gate
from marketplace.trading.models import Charge, Order, Payment, PaymentChannel
from marketplace.trading.money.events import PaymentReceived
from marketplace.trading.money.incoming import Incoming
from marketplace.trading.money.states import ChargeState
from marketplace.trading.money.steps import AWAITED, OVER, deposit, pay_charge
from marketplace.trading.states import OrderState


class Outcome(StrEnum):
    """What became of money that came in."""

    KNOWN = "known"
    ALLOCATED = "allocated"
    UNALLOCATED = "unallocated"


@transaction.atomic
def take(incoming: Incoming, *, channel: PaymentChannel, by: Actor) -> Outcome:
    """Book money that came in. The order is locked first, as every act does."""
    if Payment.objects.filter(reference=incoming.reference).exists():
        return Outcome.KNOWN
    charge = Charge.objects.filter(
        reference=incoming.claimed_reference, amount=incoming.amount, currency=incoming.currency
    ).first()
    order = None
    if charge is not None:
        order = Order.objects.select_for_update(of=("self",)).get(pk=charge.order_id)
        charge.refresh_from_db()
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                channel=channel,
                reference=incoming.reference,
                amount=incoming.amount,
                currency=incoming.currency,
                received_on=incoming.received_on,
                claimed_reference=incoming.claimed_reference,
            )
    except IntegrityError:
        # It was told of twice at the same moment.
        return Outcome.KNOWN
    deposit(payment)
    if order is not None and charge is not None and may_be_paid(order, charge):
        pay_charge(order, charge, payment, by=by)
        return Outcome.ALLOCATED
    record(
        PaymentReceived(
            subject=f"payment:{payment.pk}",
            channel=channel.value,
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        by=by,
    )
    return Outcome.UNALLOCATED


def may_be_paid(order: Order, charge: Charge) -> bool:
    """Tell whether a charge of a locked order is owed, and the data can still be delivered."""
    if charge.state != ChargeState.OPEN:
        return False
    if order.state == OrderState.SIGNED:
        try:
            gate.refuse_unless_standing(order.listing)
        except WrongState:
            return False
    return order.state in (*AWAITED, *OVER)
