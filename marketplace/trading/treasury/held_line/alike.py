"""Find the lines of a statement that the bank may have told before.

The bank's own number of a line settles it, and so do its balances: a line after which another
balance stands is another line. What neither settles, people decide.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from uuid import UUID

from marketplace.trading.treasury.bank.balances import Told, ways_of
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.selectors import lines_at_bank
from marketplace.trading.treasury.held_line.selectors import counted_lines


@dataclass(frozen=True)
class Alike:
    """A line that counts, to which another one is alike; `is_same`: the bank itself says so."""

    line: BankLine
    is_same: bool


class _Relation(Enum):
    SAME = auto()
    DOUBTFUL = auto()
    OTHER = auto()


def alike_in(statement: BankStatement) -> dict[UUID, Alike]:
    """Return what the lines of a statement are alike to, of those that may be told already.

    A line of the same statement counts as told before too.
    """
    lines = list(statement.lines.order_by("number"))
    days = {line.booked_on for line in lines}
    told = lines_at_bank().exclude(statement=statement).filter(booked_on__in=days)
    parts = _Parts([*told.order_by("number"), *lines])
    counted = counted_lines().exclude(statement=statement).filter(booked_on__in=days)
    known: dict[tuple[object, ...], list[BankLine]] = defaultdict(list)
    for line in counted.order_by("statement__created_at", "number"):
        known[_words_of(line)].append(line)
    found = {}
    for line in lines:
        near = known[_words_of(line)]
        alike = _alike(line, near, parts)
        if alike is None:
            near.append(line)
            continue
        found[line.pk] = alike
        near.remove(alike.line)
        if not alike.is_same:
            # Another one may be alike to it too; where several were told, each has its own.
            near.append(alike.line)
    return found


def _words_of(line: BankLine) -> tuple[object, ...]:
    return (line.booked_on, line.amount, line.currency, line.claimed_reference or "")


def _alike(line: BankLine, near: Iterable[BankLine], parts: "_Parts") -> Alike | None:
    relations = [(other, _relation(line, other, parts)) for other in near]
    for wanted in (_Relation.SAME, _Relation.DOUBTFUL):
        for other, relation in relations:
            if relation is wanted:
                return Alike(other, wanted is _Relation.SAME)
    return None


def _relation(line: BankLine, other: BankLine, parts: "_Parts") -> _Relation:
    """Return how a line stands to one of the same day, amount, currency and text."""
    has_its_number = bool(line.reference) and line.reference == other.reference
    if line.reference and other.reference and not has_its_number:
        return _Relation.OTHER
    if line.statement_id == other.statement_id:
        return _Relation.OTHER if parts.ways_of(line) else _Relation.DOUBTFUL
    if has_its_number and line.amount > 0:
        # A payment is booked once by the bank's number of it.
        return _Relation.SAME
    if line.balance is None or other.balance is None:
        return _Relation.SAME if has_its_number else _Relation.DOUBTFUL
    if line.balance != other.balance:
        # Fees may bear one number each month, and exports sort a day's lines in their own way.
        return _Relation.DOUBTFUL if has_its_number else _Relation.OTHER
    return _Relation.SAME if has_its_number or parts.overlap(line, other) else _Relation.DOUBTFUL


Part = tuple[UUID, date, str]


class _Parts:
    """What each statement tells of each day and currency."""

    def __init__(self, lines: Iterable[BankLine]) -> None:
        self.lines: dict[Part, list[BankLine]] = defaultdict(list)
        for line in lines:
            self.lines[_part_of(line)].append(line)
        self.ways = {part: ways_of(told) for part, told in self.lines.items()}

    def ways_of(self, line: BankLine) -> list[list[Told]]:
        return self.ways[_part_of(line)]

    def overlap(self, line: BankLine, other: BankLine) -> bool:
        """Return whether two statements that tell one balance after a line tell the same line.

        They tell two if between them the balance came back to what stood before: then one of them
        follows the other, or what other statements tell of the day lies between.
        """
        one, two = self.ways_of(line), self.ways_of(other)
        if not one or not two:
            return False
        if self._numbers(line) & self._numbers(other):
            return True
        day, currency = line.booked_on, line.currency
        between = [
            way
            for part, ways in self.ways.items()
            if part[1:] == (day, currency) and part not in (_part_of(line), _part_of(other))
            for way in ways
        ]
        return not (_leads(one, two, between) or _leads(two, one, between))

    def _numbers(self, line: BankLine) -> set[str]:
        """Return the bank's numbers of what came in, by which two statements are known to meet."""
        told = self.lines[_part_of(line)]
        return {each.reference for each in told if each.reference and each.amount > 0}


def _part_of(line: BankLine) -> Part:
    return (line.statement_id, line.booked_on, line.currency)


def _leads(
    before: Iterable[list[Told]], after: Iterable[list[Told]], between: list[list[Told]]
) -> bool:
    """Return whether a statement can follow another one, with what others tell between."""
    reached: set[Decimal] = {way[-1][1] for way in before}
    wanted = {_begin(way) for way in after}
    grows = True
    while grows and not reached & wanted:
        further = {way[-1][1] for way in between if _begin(way) in reached}
        grows = not further <= reached
        reached |= further
    return bool(reached & wanted)


def _begin(way: list[Told]) -> Decimal:
    return way[0][1] - way[0][0]
