"""Take money that came in: once by the bank's reference, for what it pays, or to wait."""

from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.paying import may_be_paid
from marketplace.trading.treasury.payment.deposits import allocate, deposit, keep_told
from marketplace.trading.treasury.payment.events import PaymentReceived
from marketplace.trading.treasury.payment.incoming import Incoming
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payment.selectors import told_before
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState


class Outcome(StrEnum):
    """What became of money that came in."""

    KNOWN = "known"
    ALLOCATED = "allocated"
    UNALLOCATED = "unallocated"


@transaction.atomic
def take(incoming: Incoming, *, channel: PaymentChannel, by: Actor) -> Outcome:
    """Book money that came in. The order is locked first, as every act does.

    Raises:
        Invalid: the payment is known with another amount or currency (`payment-differs`).
    """
    known = told_before(incoming.reference)
    if known is not None and known.state == PaymentState.RECORDED:
        return _confirmed(known, incoming, channel=channel, by=by)
    if known is not None:
        return _known(known, incoming, channel=channel)
    charge = Charge.objects.filter(reference=incoming.claimed_reference).first()
    if charge is not None:
        charge = _locked(charge)
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
        known = told_before(incoming.reference)
        assert known is not None
        return _known(known, incoming, channel=channel)
    deposit(payment)
    if charge is not None and _is_paid_by(charge, payment):
        allocate(payment, [charge], by=by)
        return Outcome.ALLOCATED
    return _left_waiting(payment, by=by)


def _locked(charge: Charge) -> Charge:
    """Lock the order of a charge, and read the charge anew."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=charge.order_id)
    charge = Charge.objects.get(pk=charge.pk)
    charge.order = order
    return charge


def _is_paid_by(charge: Charge, payment: Payment) -> bool:
    """Return whether a payment that names a charge pays it, wholly, in part or beyond."""
    return payment.currency == charge.currency and may_be_paid(charge.order, charge)


def _left_waiting(payment: Payment, *, by: Actor) -> Outcome:
    record(
        PaymentReceived(
            subject=f"payment:{payment.pk}",
            channel=payment.channel,
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        by=by,
    )
    return Outcome.UNALLOCATED


def _confirmed(recorded: Payment, told: Incoming, *, channel: PaymentChannel, by: Actor) -> Outcome:
    """Book what a finance officer recorded, as the bank tells of it: its word is the second one.

    Where the bank tells of another amount, the bank is right, and the payment waits.
    """
    assert recorded.charge is not None
    charge = _locked(recorded.charge)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=recorded.pk)
    if payment.state == PaymentState.REJECTED:
        return take(told, channel=channel, by=by)
    if payment.state != PaymentState.RECORDED:
        return _known(payment, told, channel=channel)
    is_as_told = (payment.amount, payment.currency) == (told.amount, told.currency)
    payment.channel, payment.received_on = channel, told.received_on
    if is_as_told and _is_paid_by(charge, payment):
        payment.save(update_fields=["channel", "received_on"])
        keep_told(charge, is_told=False)
        deposit(payment)
        allocate(payment, [charge], by=by)
        return Outcome.ALLOCATED
    keep_told(charge, is_told=False)
    PAYMENT.move(payment, PaymentState.UNALLOCATED)
    payment.amount, payment.currency, payment.charge = told.amount, told.currency, None
    payment.claimed_reference = told.claimed_reference
    payment.save()
    deposit(payment)
    return _left_waiting(payment, by=by)


def _known(payment: Payment, told: Incoming, *, channel: PaymentChannel) -> Outcome:
    if (payment.amount, payment.currency) == (told.amount, told.currency):
        return Outcome.KNOWN
    if (payment.channel, channel) == (PaymentChannel.OFFICER, PaymentChannel.STATEMENT):
        # What an officer recorded may be mistaken: the sheet of the statement names the difference.
        return Outcome.KNOWN
    sentence = _(
        "The payment %(reference)s is booked already with %(booked)s, and is now told with "
        "%(said)s. Correct the amount, or give another payment its own number."
    ) % {
        "reference": told.reference,
        "booked": f"{payment.amount} {payment.currency}",
        "said": f"{told.amount:.2f} {told.currency}",
    }
    raise Invalid(sentence, code="payment-differs", fields={"amount": [sentence]})
