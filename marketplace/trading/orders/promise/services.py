"""The centre's software finds what was missed, and credits it once."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, clock, locked, to_cents
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.promise.calendar import Period
from marketplace.trading.orders.promise.events import MissedCredited, RevisionMissed
from marketplace.trading.orders.promise.models import MissedRevision, SetOff
from marketplace.trading.orders.promise.rules import is_excused
from marketplace.trading.orders.promise.selectors import (
    CREDITED,
    NOTHING,
    bills_to_come,
    credited_of,
    credits_to_give,
    orders_promised,
    period_charge,
    placed_of,
    set_off_against,
    unnoted_periods,
    unsettled_credits,
)
from marketplace.trading.orders.promise.states import MISSED, MissedState
from marketplace.trading.orders.settlement.accounts import Books, books_of
from marketplace.trading.orders.settlement.charges import take_off
from marketplace.trading.orders.settlement.crediting import CreditReason, left_of
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.settlement.sources import from_sources, reachable
from marketplace.trading.orders.settlement.states import ChargeState

PAID = (ChargeState.PAID, ChargeState.SETTLED)


def keep_promises(*, by: Actor) -> int:
    """Note each promised revision that was missed, and give what the contract gives for it.

    It is taken off the bills to come; what none of them takes goes onto the buyer's account. Each
    order in a transaction of its own; again it changes nothing. Return how many there were.

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
    for order_id in set(credits_to_give().values_list("order_id", flat=True)):
        count += _give_credits(order_id, by=by)
    return count


@transaction.atomic
def _note_missed(order_id: UUID, *, by: Actor) -> int:
    order = locked(orders_visible_to(by), pk=order_id)
    if order.state not in CREDITED:
        return 0
    new = unnoted_periods(order)
    for period in new:
        _note(order, period, by=by)
    return len(new)


def _note(order: Order, period: Period, *, by: Actor) -> None:
    charge = period_charge(order, period.due_on)
    assert charge is not None, "Only what is paid by periods has a credit."
    terms = order.agreed_terms
    part = to_cents(charge.amount * Decimal(terms.credit_percent) / 100)
    most = to_cents(charge.amount * Decimal(terms.credit_most) / 100)
    amount = min(part, max(most - credited_of(charge), NOTHING))
    if is_excused(order, period.missed_from):
        amount = NOTHING
    missed = MissedRevision.objects.create(
        order=order,
        due_on=period.due_on,
        charge=charge,
        amount=amount,
        currency=order.currency,
        state=MissedState.OWED if amount else MissedState.NOTHING,
    )
    record(
        RevisionMissed(
            subject=f"order:{order.pk}",
            about=order.concerns,
            due_on=period.due_on.isoformat(),
            amount=str(missed.amount),
            currency=order.currency,
        ),
        by=by,
    )


@transaction.atomic
def _give_credits(order_id: UUID, *, by: Actor) -> int:
    order = locked(orders_visible_to(by), pk=order_id)
    # While a dispute stands still, so does its money; what it refunds is not credited too.
    if order.state == OrderState.DISPUTED:
        return 0
    rows = unsettled_credits().filter(order=order).order_by("due_on")
    return sum(_give(order, missed, by=by) for missed in rows)


def _give(order: Order, missed: MissedRevision, *, by: Actor) -> int:
    """Give what is left of a credit; return 1 where something changed."""
    # An earlier credit may have paid the period's own bill just now.
    missed.charge = Charge.objects.get(pk=missed.charge_id)
    if missed.charge.state not in PAID:
        # Of what was never paid nothing is given back; once it is, it is.
        return _end(missed, NOTHING) if missed.charge.state == ChargeState.VOID else 0
    placed = before = placed_of(missed)
    room = max(_room(missed.charge), NOTHING)
    rest = NOTHING if order.state == OrderState.REFUNDED else min(missed.amount - placed, room)
    for bill in bills_to_come(order):
        part = min(rest, bill.still_open)
        if part:
            _take_off(order, missed, bill, part, by=by)
            placed, rest = placed + part, rest - part
    if rest and not _pay_out(order, missed, rest, by=by):
        return _wait(missed) or int(placed != before)
    return _end(missed, placed + rest) or int(placed != before)


def _take_off(
    order: Order, missed: MissedRevision, bill: Charge, part: Decimal, *, by: Actor
) -> None:
    SetOff.objects.create(missed=missed, charge=bill, amount=part)
    take_off(order, bill, part)
    cause = f"missed:{missed.pk}:bill:{bill.number}"
    _tell(order, missed, part, of=bill, bill=bill.reference, cause=cause, by=by)


def _pay_out(order: Order, missed: MissedRevision, rest: Decimal, *, by: Actor) -> bool:
    """Pay what no bill takes onto the buyer's account; return whether somebody could."""
    books = books_of(order)
    payer = _payer(order, books, rest)
    if payer is None:
        return False
    cause = f"missed:{missed.pk}:credit"
    back = from_sources(order, rest, cause=cause)[1] if payer.pk == books.seller.pk else []
    given = Posting(TransferKind.CREDIT, payer, books.buyer, rest, cause)
    book([*back, given], belongs_to=order.pk)
    # What was paid by credits has nothing left on its own invoice: earlier ones are corrected then.
    of = missed.charge if left_of(missed.charge) >= rest else None
    _tell(order, missed, rest, of=of, bill="", cause=cause, by=by)
    return True


def _room(charge: Charge) -> Decimal:
    """Return how much of a period's fee was neither refunded nor credited, however it was paid."""
    room: Decimal = left_of(charge) + charge.set_off - set_off_against(charge) - charge.borne
    return room


def _tell(
    order: Order,
    missed: MissedRevision,
    amount: Decimal,
    *,
    of: Charge | None,
    bill: str,
    cause: str,
    by: Actor,
) -> None:
    """Write the credit note over what was given, and the fact."""
    why, day = CreditReason.MISSED, missed.due_on
    credit(order, amount, cause=cause, why=why, of=of, promised_by=day)
    record(
        MissedCredited(
            subject=f"order:{order.pk}",
            about=order.concerns,
            due_on=day.isoformat(),
            amount=str(amount),
            currency=missed.currency,
            bill=bill,
        ),
        by=by,
    )


def _wait(missed: MissedRevision) -> int:
    """Let a credit be owed until somebody can pay it; return 1 where it was on a bill before."""
    if missed.state == MissedState.OWED:
        return 0
    MISSED.move(missed, MissedState.OWED)
    missed.save(update_fields=["state"])
    return 1


def _end(missed: MissedRevision, given: Decimal) -> int:
    """Note what was given in all; return 1 where that is new."""
    is_open = missed.set_offs.filter(charge__state=ChargeState.OPEN).exists()
    state = MissedState.SET_OFF if is_open else MissedState.CREDITED
    state = state if given else MissedState.NOTHING
    if (missed.state, missed.amount) == (state, given):
        return 0
    if missed.state != state:
        MISSED.move(missed, state)
    missed.amount = given
    missed.credited_at = clock.now() if state == MissedState.CREDITED else None
    missed.save(update_fields=["state", "amount", "credited_at"])
    return 1


def _payer(order: Order, books: Books, amount: Decimal) -> Account | None:
    """Return the account that pays: what is held, else the seller's; None while neither can."""
    if held_of(order) >= amount:
        return books.held
    return books.seller if reachable(order, amount) >= amount else None
