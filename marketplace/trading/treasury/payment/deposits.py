"""The steps that acts on payments share, each in its caller's transaction."""

from collections.abc import Sequence
from decimal import Decimal

from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_accounts
from marketplace.trading.books.models import AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.events import PaymentCredited
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.paying import Money, pay
from marketplace.trading.treasury.closing.services import first_open_day
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState


def deposit(payment: Payment) -> None:
    """Book money that came in, where it waits until it is allocated.

    It is booked on the bank's day, or on the first open one where that is closed.
    """
    payment.booked_on = first_open_day(payment.received_on)
    payment.save(update_fields=["booked_on"])
    outside, waiting = centre_accounts(
        payment.currency, AccountKind.OUTSIDE, AccountKind.UNALLOCATED
    )
    book(
        [Posting(TransferKind.DEPOSIT, outside, waiting, payment.amount, f"payment:{payment.pk}")],
        belongs_to=None,
        on=payment.booked_on,
    )


def keep_told(charge: Charge, *, is_told: bool) -> None:
    """Note of a charge whether somebody has recorded its payment, which nobody has confirmed."""
    charge.payment_told_at = clock.now() if is_told else None
    charge.save(update_fields=["payment_told_at"])


def allocate(payment: Payment, charges: Sequence[Charge], *, by: Actor) -> None:
    """Let a payment that was deposited pay charges of locked orders, one after another.

    The last one may be paid in part. What is beyond them stands as the credit of their buyer, whom
    the caller knows to be one.
    """
    PAYMENT.move(payment, PaymentState.ALLOCATED)
    payment.charge = charges[0]
    payment.save(update_fields=["state", "charge"])
    left: Decimal = payment.amount
    for charge in charges:
        amount = min(left, charge.still_open)
        pay(charge.order, charge, Money(amount, payment.received_on, payment.pk), by=by)
        left -= amount
    if left:
        _credit(payment, charges[0].order, left, by=by)


def _credit(payment: Payment, order: Order, amount: Decimal, *, by: Actor) -> None:
    books, cause = books_of(order), f"payment:{payment.pk}:credit"
    book(
        [Posting(TransferKind.ALLOCATION, books.waiting, books.buyer, amount, cause)],
        belongs_to=order.pk,
    )
    record(
        PaymentCredited(
            subject=f"order:{order.pk}",
            about=(f"payment:{payment.pk}", *order.concerns),
            amount=str(amount),
            currency=payment.currency,
        ),
        by=by,
    )
