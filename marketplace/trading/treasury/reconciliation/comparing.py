"""Compare the bank's lines with the books: what fits, what differs and by how much."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.selectors import NOTHING, sees_all_money
from marketplace.trading.treasury.bank.balances import closing_balance
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.selectors import lines_at_bank
from marketplace.trading.treasury.bank_item.selectors import booked_items, items_of, moved_within
from marketplace.trading.treasury.held_line.days import held_of_days, lines_of_days, lines_to_come
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import booked_payments
from marketplace.trading.treasury.payment.states import PaymentState
from marketplace.trading.treasury.payout.at_bank import sent
from marketplace.trading.treasury.reconciliation.outgoing import (
    outgoing_rows,
    rows_of_late_items,
    with_item,
)
from marketplace.trading.treasury.reconciliation.sheet import (
    Finding,
    Line,
    Reconciliation,
    Row,
    Sheet,
)


def reconciliation_of_statement(statement: BankStatement) -> Reconciliation:
    """Compare the days of a statement with the books. The caller has checked who may see it.

    What other statements tell of these days belongs to them too.
    """
    first, last = statement.first_on, statement.last_on
    counting, waiting = lines_to_come(statement)
    return reconciled([*lines_of_days(first, last), *counting], first, last, waiting=waiting)


def reconciliation_of_day(day: date, *, by: Actor) -> Reconciliation:
    """Compare all that any statement tells of a day with the books of that day.

    Raises:
        NotAllowed: the actor is not of the centre.
    """
    if not sees_all_money(by):
        raise NotAllowed(_("The centre alone compares its books with the bank."))
    return reconciled(lines_of_days(day, day), day, day)


def reconciled(
    lines: Sequence[BankLine], first: date, last: date, *, waiting: Sequence[BankLine] = ()
) -> Reconciliation:
    """Compare lines of some days with the books of these days, and show those that are held.

    `waiting` are lines that are held once somebody confirms their statement.
    """
    held = [
        *(_held_row(each.line, each) for each in held_of_days(first, last)),
        *(_held_row(line, None) for line in waiting),
    ]
    booked = booked_payments().filter(booked_on__gte=first, booked_on__lte=last)
    went = sent().filter(decided_at__date__gte=first, decided_at__date__lte=last)
    currencies = {line.currency for line in lines} | {row.currency for row in held}
    currencies |= set(booked.values_list("currency", flat=True))
    currencies |= set(went.values_list("currency", flat=True))
    own = booked_items().filter(moved_within(first, last))
    currencies |= set(own.values_list("currency", flat=True))
    return Reconciliation(
        first,
        last,
        tuple(
            _sheet(
                currency,
                [line for line in lines if line.currency == currency],
                *(first, last),
                held=[row for row in held if row.currency == currency],
            )
            for currency in sorted(currencies)
        ),
    )


def _held_row(line: BankLine, held: HeldLine | None) -> Row:
    return Row(
        *(line.booked_on, line.reference, line.currency, None, None, Finding.HELD),
        line=line,
        held=held,
    )


def _sheet(
    currency: str, lines: Sequence[BankLine], first: date, last: date, *, held: Sequence[Row]
) -> Sheet:
    outside = Account.objects.filter(kind=AccountKind.OUTSIDE, currency=currency).first()
    books_before = _in_books(outside, before=first)
    books_after = _in_books(outside, before=last + timedelta(days=1))
    moved = sum((line.amount for line in lines), NOTHING)
    # Where the balances end is known once nobody doubts which lines they run over.
    after = None if held else closing_balance(lines)
    rows = [
        *held,
        *_incoming(currency, lines, first, last, at=last),
        *outgoing_rows(currency, lines, first, last, at=last),
        *rows_of_late_items(currency, first, last),
    ]
    places = {finding: place for place, finding in enumerate(Finding)}
    rows.sort(key=lambda row: (places[row.finding], row.on, row.reference))
    return Sheet(
        currency=currency,
        before=Line(None if after is None else after - moved, books_before),
        moved=Line(moved, books_after - books_before),
        after=Line(after, books_after),
        rows=tuple(rows),
    )


def _incoming(
    currency: str, lines: Sequence[BankLine], first: date, last: date, *, at: date | None
) -> Iterable[Row]:
    """Pair what came in with payments; what the books have on other days names no sum of theirs."""
    incoming = {line.reference: line for line in lines if line.amount > 0}
    booked = booked_payments().filter(currency=currency).select_related("charge__order__listing")
    known = {each.reference: each for each in booked.filter(reference__in=incoming)}
    items = items_of(incoming.values(), at=at)
    for reference, line in incoming.items():
        payment = known.get(reference)
        on = payment.booked_on if payment else None
        is_here = on is not None and first <= on <= last
        row = Row(
            line.booked_on,
            reference,
            currency,
            line.amount,
            payment.amount if payment and is_here else None,
            _standing(line.amount, payment, is_here=is_here),
            payment=payment,
            line=line,
            earlier=-payment.amount if payment and on is not None and on < first else NOTHING,
        )
        yield with_item(row, items.get(line.pk), first, last)
    only_booked = [
        each
        for each in booked.filter(booked_on__gte=first, booked_on__lte=last)
        if each.reference not in incoming
    ]
    told = _lines_told(only_booked)
    for payment in only_booked:
        assert payment.booked_on is not None
        at_bank = told.get(payment.reference)
        yield Row(
            payment.booked_on,
            payment.reference,
            currency,
            None,
            payment.amount,
            Finding.NOT_AT_BANK if at_bank is None else _standing(at_bank.amount, payment),
            payment=payment,
            earlier=at_bank.amount
            if at_bank is not None and at_bank.booked_on < first
            else NOTHING,
        )


def _lines_told(payments: Sequence[Payment]) -> dict[str, BankLine]:
    """Return the bank's lines of payments, of those that a statement tells of."""
    lines = lines_at_bank().filter(
        amount__gt=0, reference__in=[payment.reference for payment in payments]
    )
    return {line.reference: line for line in lines.order_by("-statement__created_at")}


def row_of(line: BankLine) -> Row:
    """Return how a line that counts stands to the books now, whatever was booked and reversed."""
    day = line.booked_on
    lines = [each for each in lines_of_days(day, day) if each.currency == line.currency]
    pair = _incoming if line.amount > 0 else outgoing_rows
    return next(row for row in pair(line.currency, lines, day, day, at=None) if row.line == line)


def _standing(amount: Decimal, payment: Payment | None, *, is_here: bool = False) -> Finding:
    if payment is None:
        return Finding.NOT_BOOKED
    if payment.amount != amount:
        return Finding.AMOUNT_DIFFERS
    if payment.state == PaymentState.UNALLOCATED:
        return Finding.UNALLOCATED
    if payment.state == PaymentState.BANK_OWN and is_here:
        return Finding.BANK_OWN
    return Finding.MATCHED if is_here else Finding.OTHER_DAY


def _in_books(outside: Account | None, *, before: date) -> Decimal:
    """Return what the books have at the bank at the beginning of a day, by their own days."""
    if outside is None:
        return NOTHING
    came, went = (
        _sum(rows.filter(booked_on__lt=before)) for rows in (outside.debits, outside.credits)
    )
    return came - went


def _sum(rows: QuerySet[Any]) -> Decimal:
    found: Decimal | None = rows.order_by().aggregate(sum=Sum("amount"))["sum"]
    return found or NOTHING
