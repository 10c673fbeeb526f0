"""Put the lines of several statements together: each line once, and the balance they end with."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.selectors import lines_at_bank

Told = tuple[Decimal, Decimal]
"""What moved, and what the bank says stood after it."""


def lines_of_days(first: date, last: date, *, of: BankStatement | None = None) -> list[BankLine]:
    """Return the bank's lines of some days, whichever statements tell them, each line once.

    The lines of a statement that nobody has confirmed yet come last (`of`).
    """
    rows = lines_at_bank().filter(booked_on__gte=first, booked_on__lte=last)
    told = list(rows.select_related("statement").order_by("statement__created_at", "number"))
    if of is not None and all(line.statement_id != of.pk for line in told):
        told += of.lines.select_related("statement").order_by("number")
    return each_once(told)


def each_once(lines: Iterable[BankLine]) -> list[BankLine]:
    """Leave out what an earlier statement tells already.

    A line without a reference of the bank is the same as another one of its day, amount and
    balance. Two of them in one statement are two.
    """
    kept: list[BankLine] = []
    known: Counter[tuple[object, ...]] = Counter()
    seen: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        words = words_of(line)
        seen[(line.statement_id, *words)] += 1
        if known[words] < seen[(line.statement_id, *words)]:
            known[words] += 1
            kept.append(line)
    return kept


def words_of(line: BankLine) -> tuple[object, ...]:
    """Return what tells a line from others of its days, whichever statement has it."""
    if line.reference:
        return (line.reference, line.booked_on, line.amount, line.currency)
    return (line.booked_on, line.amount, line.currency, line.balance, line.claimed_reference)


def first_told(line: BankLine) -> BankLine:
    """Return the line as the first statement had it."""
    same = lines_at_bank().filter(
        booked_on=line.booked_on,
        amount=line.amount,
        currency=line.currency,
        reference=line.reference,
    )
    if not line.reference:
        same = same.filter(balance=line.balance, claimed_reference=line.claimed_reference)
    rows = list(same.order_by("statement__created_at", "number"))
    here = [one.pk for one in rows if one.statement_id == line.statement_id]
    return each_once(rows)[here.index(line.pk) if not line.reference else 0]


def closing_balance(lines: Sequence[BankLine]) -> Decimal | None:
    """Return the bank's balance after the last line, of lines from old to new or new to old.

    The statements of a day may come in any order: each begins where another one ends. None where
    the bank does not tell it after each line, or where the balances do not run from line to line,
    so that one is missing.
    """
    parts: dict[UUID | None, list[Told]] = {}
    for line in lines:
        if line.balance is None:
            return None
        parts.setdefault(line.statement_id, []).append((line.amount, line.balance))
    running = [ordered for part in parts.values() if (ordered := _running(part))]
    if not running or len(running) < len(parts):
        return None
    return _end_of(running)


def _running(told: list[Told]) -> list[Told] | None:
    """Return the lines of one statement from old to new."""
    return next((way for way in (told, told[::-1]) if _runs(way)), None)


def _runs(told: Sequence[Told]) -> bool:
    return all(before[1] + after[0] == after[1] for before, after in pairwise(told))


def _end_of(parts: list[list[Told]]) -> Decimal | None:
    """Return where statements end that follow one another, in whichever order they were told."""
    for first in parts:
        left = [part for part in parts if part is not first]
        end = first[-1][1]
        while left:
            after = next((part for part in left if part[0][1] - part[0][0] == end), None)
            if after is None:
                break
            left.remove(after)
            end = after[-1][1]
        if not left:
            return end
    return None
