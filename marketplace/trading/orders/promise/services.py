"""The centre's software finds what was missed, and credits it once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.core.money import to_cents
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.promise.events import MissedCredited, RevisionMissed
from marketplace.trading.orders.promise.models import MissedRevision
from marketplace.trading.orders.promise.rules import is_excused
from marketplace.trading.orders.promise.selectors import (
    CREDITED,
    NOTHING,
    credited_of,
    credits_owed,
    orders_promised,
    period_charge,
    unnoted_periods,
)
from marketplace.trading.orders.promise.states import MISSED, MissedState
from marketplace.trading.orders.settlement.accounts import Books, books_of
from marketplace.trading.orders.settlement.crediting import CreditReason, left_of
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.settlement.states import ChargeState

PAID = (ChargeState.PAID, ChargeState.SETTLED)


def keep_promises(*, by: Actor) -> int:
    """Note each promised revision that was missed, and book what the contract gives for it.

    Each order in a transaction of its own; again it changes nothing. Return how many there were.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    count = 0
    for order in orders_promised().select_related("listing__product"):
        # Most orders miss nothing: those are not locked.
        if unnoted_periods(order):
            count += _note_missed(order.pk, by=by)
    for order_id in set(credits_owed().values_list("order_id", flat=True)):
        count += _credit_owed(order_id, by=by)
    return count


@transaction.atomic
def _note_missed(order_id: UUID, *, by: Actor) -> int:
    order = locked(orders_visible_to(by), pk=order_id)
    if order.state not in CREDITED:
        return 0
    new = unnoted_periods(order)
    for period in new:
        _note(order, period.due_on, by=by)
    return len(new)


def _note(order: Order, due_on: date, *, by: Actor) -> None:
    charge = period_charge(order, due_on)
    assert charge is not None, "Only what is paid by periods has a credit."
    terms = order.agreed_terms
    part = to_cents(charge.amount * Decimal(terms.credit_percent) / 100)
    most = to_cents(charge.amount * Decimal(terms.credit_most) / 100)
    amount = min(part, max(most - credited_of(charge), NOTHING))
    if is_excused(order):
        amount = NOTHING
    missed = MissedRevision.objects.create(
        order=order,
        due_on=due_on,
        charge=charge,
        amount=amount,
        currency=order.currency,
        state=MissedState.OWED if amount else MissedState.NOTHING,
    )
    record(
        RevisionMissed(
            subject=f"order:{order.pk}",
            about=order.concerns,
            due_on=due_on.isoformat(),
            amount=str(missed.amount),
            currency=order.currency,
        ),
        by=by,
    )


@transaction.atomic
def _credit_owed(order_id: UUID, *, by: Actor) -> int:
    order = locked(orders_visible_to(by), pk=order_id)
    # While a dispute stands still, so does its money; what it refunds is not credited too.
    if order.state == OrderState.DISPUTED:
        return 0
    count = 0
    for missed in credits_owed().filter(order=order).select_related("charge").order_by("due_on"):
        count += _credit(order, missed, by=by)
    return count


def _credit(order: Order, missed: MissedRevision, *, by: Actor) -> int:
    if missed.charge.state not in PAID:
        # Of what was never paid nothing is given back; once it is, it is.
        return _end(missed) if missed.charge.state == ChargeState.VOID else 0
    amount = min(missed.amount, left_of(missed.charge))
    if order.state == OrderState.REFUNDED:
        amount = NOTHING
    if not amount:
        return _end(missed)
    books = books_of(order)
    payer = _payer(order, books, amount)
    if payer is None:
        return 0
    cause = f"missed:{missed.pk}:credit"
    book([Posting(TransferKind.CREDIT, payer, books.buyer, amount, cause)], belongs_to=order.pk)
    credit(order, amount, cause=cause, why=CreditReason.MISSED, of=missed.charge)
    MISSED.move(missed, MissedState.CREDITED)
    missed.amount, missed.credited_at = amount, clock.now()
    missed.save(update_fields=["state", "amount", "credited_at"])
    record(
        MissedCredited(
            subject=f"order:{order.pk}",
            about=order.concerns,
            due_on=missed.due_on.isoformat(),
            amount=str(amount),
            currency=missed.currency,
        ),
        by=by,
    )
    return 1


def _end(missed: MissedRevision) -> int:
    MISSED.move(missed, MissedState.NOTHING)
    missed.amount = NOTHING
    missed.save(update_fields=["state", "amount"])
    return 1


def _payer(order: Order, books: Books, amount: Decimal) -> Account | None:
    """Return the account that pays: what is held, else the seller's; None while neither can."""
    if held_of(order) >= amount:
        return books.held
    seller = Account.objects.select_for_update().get(pk=books.seller.pk)
    return seller if seller.balance >= amount else None
