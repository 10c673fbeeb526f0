"""The steps that acts on payments share, each in its caller's transaction."""

from __future__ import annotations

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_accounts
from marketplace.trading.books.models import AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.events import ChargePaid, PaymentHeld
from marketplace.trading.orders.settlement.held_money import OVER, release
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.states import CHARGE, ChargeState
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState


def deposit(payment: Payment) -> None:
    """Book money that came in, where it waits until it is allocated."""
    outside, waiting = centre_accounts(
        payment.currency, AccountKind.OUTSIDE, AccountKind.UNALLOCATED
    )
    book(
        [Posting(TransferKind.DEPOSIT, outside, waiting, payment.amount, f"payment:{payment.pk}")],
        belongs_to=None,
    )


def keep_told(charge: Charge, *, is_told: bool) -> None:
    """Note of a charge whether somebody has recorded its payment, which nobody has confirmed."""
    charge.payment_told_at = clock.now() if is_told else None
    charge.save(update_fields=["payment_told_at"])


def pay_charge(order: Order, charge: Charge, payment: Payment, *, by: Actor) -> None:
    """Hold a payment that was deposited for the charge it pays; the first one opens the delivery.

    What is paid after the delivery was accepted or the contract ended is released at once. What was
    paid beyond what is due, before a credit took something off, stays on the buyer's account.
    """
    CHARGE.move(charge, ChargeState.PAID)
    PAYMENT.move(payment, PaymentState.ALLOCATED)
    charge.paid_at = clock.now()
    charge.save(update_fields=["state", "paid_at"])
    payment.charge = charge
    payment.save(update_fields=["state", "charge"])
    books = books_of(order)
    cause, amount = f"charge:{charge.pk}", charge.due
    book(
        [
            Posting(
                *(TransferKind.ALLOCATION, books.waiting, books.buyer),
                *(payment.amount, f"{cause}:allocation"),
            ),
            Posting(TransferKind.HOLD, books.buyer, books.held, amount, f"{cause}:hold"),
        ],
        belongs_to=order.pk,
    )
    if order.state == OrderState.SIGNED:
        move_order(order, OrderState.PAID)
        order.save(update_fields=["state"])
        fact: PaymentHeld | ChargePaid = PaymentHeld(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(amount),
            currency=order.currency,
        )
    else:
        fact = ChargePaid(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(amount),
            currency=order.currency,
            reference=charge.reference,
        )
    record(fact, by=by)
    if order.state in OVER:
        release(order, cause=f"{cause}:release")
