"""Let money pay what is owed: wholly, in part, or short of what a bank kept.

Each in its caller's transaction; the caller holds the order's lock, which also keeps its charges
apart. What is paid in part is held for that charge alone, and counts for nothing else until the
rest has come: the order goes on, and money is released, by what is paid wholly.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from django.conf import settings

from marketplace.core import Actor, WrongState, clock
from marketplace.core.money import CENT
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.promises import refuse_unless_promised
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import books_of, part_account
from marketplace.trading.orders.settlement.events import ChargePaid, ChargePartlyPaid, PaymentHeld
from marketplace.trading.orders.settlement.held_money import hold_parts, release
from marketplace.trading.orders.settlement.models import Allocation, Charge
from marketplace.trading.orders.settlement.states import AWAITED, CHARGE, OVER, ChargeState


def refuse_unless_payable(order: Order) -> None:
    """Refuse money for what could not be delivered any more, before anything of it was paid.

    Raises:
        WrongState: the listing does not stand, or its privacy budget is spent.
    """
    if order.state == OrderState.SIGNED:
        gate.refuse_unless_standing(order.listing, order.rests_on)
        refuse_unless_promised(order.pk, order.agreed_terms)


def may_be_paid(order: Order, charge: Charge) -> bool:
    """Return whether a charge of a locked order is owed, and the data can still be delivered."""
    if charge.state != ChargeState.OPEN or order.state not in (*AWAITED, *OVER):
        return False
    try:
        refuse_unless_payable(order)
    except WrongState:
        return False
    return True


def tolerance_of(charge: Charge) -> Decimal:
    """Return how much less than what is due pays it: what a bank may keep, in its currency."""
    share = charge.due * Decimal(settings.CENTRE["BANK_CHARGES_SHARE"])
    most = Decimal(settings.CENTRE["BANK_CHARGES_MOST"])
    return min(share, most).quantize(CENT, rounding=ROUND_DOWN)


@dataclass(frozen=True)
class Money:
    """What pays: of a payment, or else of the buyer's own credit."""

    amount: Decimal
    came_on: date
    payment_id: UUID | None = None


def pay(order: Order, charge: Charge, money: Money, *, by: Actor) -> Allocation:
    """Let money that stands unallocated, or on the buyer's account, pay a charge up to its rest.

    A transfer that is short by no more than a bank may keep pays it wholly: the centre bears the
    difference once it releases the money. A credit of the buyer reaches no bank, and is not short.
    """
    books = books_of(order)
    paid = Allocation.objects.create(
        charge=charge, payment_id=money.payment_id, amount=money.amount, came_on=money.came_on
    )
    if money.payment_id is not None:
        posting = Posting(
            *(TransferKind.ALLOCATION, books.waiting, books.buyer),
            *(money.amount, f"allocation:{paid.pk}"),
        )
        book([posting], belongs_to=order.pk)
    charge.paid += money.amount
    if money.payment_id is not None and charge.still_open <= tolerance_of(charge):
        charge.borne = charge.still_open
    if charge.paid + charge.borne < charge.due:
        _keep_part(order, charge, paid, by=by)
    else:
        _meet(order, charge, money.amount, by=by)
    return paid


def _keep_part(order: Order, charge: Charge, paid: Allocation, *, by: Actor) -> None:
    charge.save(update_fields=["paid"])
    cause = f"allocation:{paid.pk}:part"
    buyer, part = books_of(order).buyer, part_account(charge)
    book([Posting(TransferKind.PART, buyer, part, paid.amount, cause)], belongs_to=order.pk)
    record(
        ChargePartlyPaid(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(paid.amount),
            still_open=str(charge.still_open),
            currency=order.currency,
            reference=charge.reference,
        ),
        by=by,
    )


def _meet(order: Order, charge: Charge, amount: Decimal, *, by: Actor) -> None:
    """Hold what a charge is paid by; the first one opens the delivery.

    What is paid after the delivery was accepted or the contract ended is released at once.
    """
    CHARGE.move(charge, ChargeState.PAID)
    charge.paid_at = clock.now()
    charge.save(update_fields=["state", "paid", "borne", "paid_at"])
    books, cause = books_of(order), f"charge:{charge.pk}"
    book(
        [Posting(TransferKind.HOLD, books.buyer, books.held, amount, f"{cause}:hold")],
        belongs_to=order.pk,
    )
    hold_parts(order, charge)
    if order.state == OrderState.SIGNED:
        move_order(order, OrderState.PAID)
        order.save(update_fields=["state"])
        fact: PaymentHeld | ChargePaid = PaymentHeld(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(charge.paid),
            currency=order.currency,
        )
    else:
        fact = ChargePaid(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(charge.paid),
            currency=order.currency,
            reference=charge.reference,
        )
    record(fact, by=by)
    if order.state in OVER:
        release(order, cause=f"{cause}:release")
