"""Put the lines of several statements together: each line once, and those that are held apart."""

from datetime import date

from django.db.models import QuerySet

from marketplace.trading.treasury.bank.models import BankLine, BankStatement, RepeatedLine
from marketplace.trading.treasury.bank.selectors import is_at_bank
from marketplace.trading.treasury.held_line.alike import alike_in
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.selectors import counted_lines
from marketplace.trading.treasury.held_line.states import OPEN, HeldState


def lines_of_days(first: date, last: date) -> list[BankLine]:
    """Return the lines that count of some days, whichever statements tell them, each line once."""
    rows = counted_lines().filter(booked_on__gte=first, booked_on__lte=last)
    return list(rows.select_related("statement").order_by("statement__created_at", "number"))


def lines_to_come(statement: BankStatement) -> tuple[list[BankLine], list[BankLine]]:
    """Return which lines count once somebody confirms a statement, and which are held then.

    None, where somebody has.
    """
    if is_at_bank(statement):
        return [], []
    alike = alike_in(statement)
    rows = list(statement.lines.select_related("statement").order_by("number"))
    return (
        [line for line in rows if line.pk not in alike],
        [line for line in rows if line.pk in alike and not alike[line.pk].is_same],
    )


def held_of_days(first: date, last: date) -> QuerySet[HeldLine]:
    """Return the lines of some days that are held, and are in no sum."""
    rows = HeldLine.objects.filter(
        state__in=OPEN, line__booked_on__gte=first, line__booked_on__lte=last
    )
    return rows.select_related("line__statement", "alike__statement").order_by(
        "line__booked_on", "line__statement__created_at", "line__number"
    )


def first_told(line: BankLine) -> BankLine:
    """Return the line that counts for this one: what was told first, or the line itself."""
    repeated = RepeatedLine.objects.filter(line=line).select_related("first").first()
    if repeated is not None:
        return repeated.first
    held = HeldLine.objects.filter(line=line, state=HeldState.SAME).select_related("alike").first()
    return line if held is None else held.alike
