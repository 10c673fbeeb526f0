"""Compare the bank's lines with the books: what fits, what differs and by how much."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.selectors import NOTHING, sees_all_money
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.outgoing import outgoing_rows, sent
from marketplace.trading.treasury.bank.selectors import lines_at_bank
from marketplace.trading.treasury.bank.sheet import Finding, Line, Reconciliation, Row, Sheet
from marketplace.trading.treasury.bank.states import StatementState
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import booked_payments
from marketplace.trading.treasury.payment.states import PaymentState


def statements_visible_to(by: Actor) -> QuerySet[BankStatement]:
    """Return the imported bank statements, to the centre alone."""
    rows = BankStatement.objects.all()
    return rows if sees_all_money(by) else rows.none()


def waiting_statements(by: Actor) -> QuerySet[BankStatement]:
    """Return the statements that wait for a second finance officer, for the centre."""
    return statements_visible_to(by).filter(state=StatementState.IMPORTED)


def reconciliation_of_statement(statement: BankStatement) -> Reconciliation:
    """Compare a statement with the books of its days. The caller has checked who may see it."""
    lines = list(statement.lines.order_by("number"))
    return _reconciled(lines, statement.first_on, statement.last_on)


def reconciliation_of_day(day: date, *, by: Actor) -> Reconciliation:
    """Compare all that any statement tells of a day with the books of that day.

    Raises:
        NotAllowed: the actor is not of the centre.
    """
    if not sees_all_money(by):
        raise NotAllowed(_("The centre alone compares its books with the bank."))
    told: dict[object, BankLine] = {}
    for line in lines_at_bank().filter(booked_on=day).order_by("statement__created_at", "number"):
        # Two statements may overlap: a line that both have counts once.
        told.setdefault(line.reference or line.pk, line)
    return _reconciled(list(told.values()), day, day)


def _reconciled(lines: Sequence[BankLine], first: date, last: date) -> Reconciliation:
    booked = booked_payments().filter(received_on__gte=first, received_on__lte=last)
    went = sent().filter(decided_at__date__gte=first, decided_at__date__lte=last)
    currencies = {line.currency for line in lines}
    currencies |= set(booked.values_list("currency", flat=True))
    currencies |= set(went.values_list("currency", flat=True))
    return Reconciliation(
        first,
        last,
        tuple(
            _sheet(currency, [line for line in lines if line.currency == currency], first, last)
            for currency in sorted(currencies)
        ),
    )


def _sheet(currency: str, lines: Sequence[BankLine], first: date, last: date) -> Sheet:
    books_before = _in_books(currency, before=first)
    books_after = _in_books(currency, before=last + timedelta(days=1))
    moved = sum((line.amount for line in lines), NOTHING)
    after = closing_balance(lines)
    rows = [*_incoming(currency, lines, first, last), *outgoing_rows(currency, lines, first, last)]
    places = {finding: place for place, finding in enumerate(Finding)}
    rows.sort(key=lambda row: (places[row.finding], row.on, row.reference))
    return Sheet(
        currency=currency,
        before=Line(None if after is None else after - moved, books_before),
        moved=Line(moved, books_after - books_before),
        after=Line(after, books_after),
        rows=tuple(rows),
    )


def closing_balance(lines: Sequence[BankLine]) -> Decimal | None:
    """Return the bank's balance after the last line, of lines from old to new or new to old.

    None where the bank does not tell it after each line, or where the balances do not run from
    line to line, so that one is missing.
    """
    told: list[tuple[Decimal, Decimal]] = [
        (line.amount, line.balance) for line in lines if line.balance is not None
    ]
    if not told or len(told) < len(lines):
        return None
    if _runs(told):
        return told[-1][1]
    return told[0][1] if _runs(told[::-1]) else None


def _runs(told: Sequence[tuple[Decimal, Decimal]]) -> bool:
    return all(before[1] + after[0] == after[1] for before, after in pairwise(told))


def _incoming(currency: str, lines: Sequence[BankLine], first: date, last: date) -> Iterable[Row]:
    incoming = {line.reference: line for line in lines if line.amount > 0}
    booked = booked_payments().filter(currency=currency).select_related("charge__order__listing")
    known = {each.reference: each for each in booked.filter(reference__in=incoming)}
    for reference, line in incoming.items():
        payment = known.get(reference)
        yield Row(
            line.booked_on,
            reference,
            currency,
            line.amount,
            payment.amount if payment else None,
            _standing(line.amount, payment),
            payment=payment,
        )
    for payment in booked.filter(received_on__gte=first, received_on__lte=last):
        if payment.reference not in incoming:
            yield Row(
                payment.received_on,
                payment.reference,
                currency,
                None,
                payment.amount,
                Finding.NOT_AT_BANK,
                payment=payment,
            )


def _standing(amount: Decimal, payment: Payment | None) -> Finding:
    if payment is None:
        return Finding.NOT_BOOKED
    if payment.amount != amount:
        return Finding.AMOUNT_DIFFERS
    waits = payment.state == PaymentState.UNALLOCATED
    return Finding.UNALLOCATED if waits else Finding.MATCHED


def _in_books(currency: str, *, before: date) -> Decimal:
    """Return what the books have at the bank at the beginning of a day, by the bank's days.

    A transfer is booked when the centre learns of it, so the days are those of the payments. What
    came in before payments had rows of their own is counted from the beginning.
    """
    outside = Account.objects.filter(kind=AccountKind.OUTSIDE, currency=currency).first()
    whole = -outside.balance if outside else NOTHING
    later_in = _sum(booked_payments().filter(currency=currency, received_on__gte=before))
    later_out = _sum(sent().filter(currency=currency, decided_at__date__gte=before))
    return whole - later_in + later_out


def _sum(rows: QuerySet[Any]) -> Decimal:
    found: Decimal | None = rows.order_by().aggregate(sum=Sum("amount"))["sum"]
    return found or NOTHING
