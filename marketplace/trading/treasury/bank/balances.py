"""How the balances that the bank tells run from line to line, and where they end."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from marketplace.trading.treasury.bank.models import BankLine

Told = tuple[Decimal, Decimal]
"""What moved, and what the bank says stood after it."""


def ways_of(lines: Sequence[BankLine]) -> list[list[Told]]:
    """Return in which orders, from old to new, the balances of a statement's lines run.

    None where the bank does not tell a balance after each line, or one does not follow from
    another.
    """
    told = [(line.amount, line.balance) for line in lines if line.balance is not None]
    if not told or len(told) < len(lines):
        return []
    orders = [told, told[::-1]] if len(told) > 1 else [told]
    return [order for order in orders if _runs(order)]


def closing_balance(lines: Sequence[BankLine]) -> Decimal | None:
    """Return the bank's balance after the last line, of lines from old to new or new to old.

    The statements of a day may come in any order: each begins where another one ends. None where
    the bank does not tell it after each line, or where the balances do not run from line to line,
    so that one is missing.
    """
    parts: dict[UUID | None, list[BankLine]] = {}
    for line in lines:
        parts.setdefault(line.statement_id, []).append(line)
    running = [ways[0] for part in parts.values() if (ways := ways_of(part))]
    if not running or len(running) < len(parts):
        return None
    return _end_of(running)


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
