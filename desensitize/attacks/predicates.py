"""Guesses as conditions on columns, in the way of the package `anonymeter`.

Giomi et al. (PoPETs 2023): conditions are taken from rows of the release, equality for texts and
the more extreme side for numbers, and those are kept that exactly one row of the release fulfils.
"""

import json
import operator
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.codes import encoded, numbered_sets, sizes_of
from desensitize.errors import DesensitizeError, nearest

BATCH = 1000
MOST_CANDIDATES = 200_000
"""So many rows with a set of columns are asked at most how many rows their conditions fit."""
MOST_SETS, MOST_PAIRS = 500, 20_000_000
"""So many sets of columns are looked at, and so many pairs of a set and a row."""
MOST_BYTES = 2**27
"""What the bits of conditions that were asked before may take."""
OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)

Value = str | int | float | bool | None
Bits = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class Condition(NamedTuple):
    """Ask one thing of a column; with a value of None, whether its cell is empty (or not)."""

    column: str
    operator: str
    value: Value


Guess = tuple[Condition, ...]


@dataclass(frozen=True)
class Guesses:
    """Hold guesses that a table suggests; `are_all` says that it suggests no others."""

    found: tuple[Guess, ...]
    are_all: bool


class Asked:
    """A table of which many conditions are asked; rows that fulfil one are kept as bits."""

    def __init__(self, table: pl.DataFrame) -> None:
        self.table = table
        self._cells: dict[str, npt.NDArray[Any]] = {}
        self._empty: dict[str, npt.NDArray[np.bool_]] = {}
        self._numbers: dict[str, dict[Value, int]] = {}
        self._bits: OrderedDict[Condition, Bits] = OrderedDict()
        self._most = max(1, MOST_BYTES // max(1, table.height // 8))
        for name in table.columns:
            column = table[name]
            self._empty[name] = column.is_null().to_numpy()
            if column.dtype.is_numeric():
                self._cells[name] = column.fill_null(0).to_numpy()
                continue
            values = column.unique(maintain_order=True)
            self._numbers[name] = {value: number for number, value in enumerate(values)}
            self._cells[name], _ = encoded(column)

    def fitting(self, guess: Guess) -> int:
        """Count the rows that fulfil all conditions of a guess.

        Raises:
            DesensitizeError: `unknown-column`, or `bad-guesses` where a value has another type
                than its column.
        """
        bits = self._of(guess[0])
        for condition in guess[1:]:
            bits = bits & self._of(condition)
        return int(np.bitwise_count(bits).sum(dtype=np.int64))

    def _of(self, condition: Condition) -> Bits:
        if condition in self._bits:
            self._bits.move_to_end(condition)
            return self._bits[condition]
        bits = np.packbits(self._told(condition))
        self._bits[condition] = bits
        if len(self._bits) > self._most:
            self._bits.popitem(last=False)
        return bits

    def _told(self, condition: Condition) -> npt.NDArray[np.bool_]:
        name, value = condition.column, condition.value
        if name not in self._cells:
            raise DesensitizeError(
                "unknown-column", column=name, nearest=nearest(name, self.table.columns)
            )
        empty = self._empty[name]
        if value is None:
            return empty if condition.operator == "==" else ~empty
        compare = OPERATORS[condition.operator]
        if name not in self._numbers:
            if isinstance(value, str):
                raise DesensitizeError("bad-guesses")
            return np.asarray(compare(self._cells[name], value) & ~empty)
        if condition.operator not in ("==", "!="):
            raise DesensitizeError("bad-guesses")
        number = self._numbers[name].get(value, -1)
        return np.asarray(compare(self._cells[name], number) & ~empty)


def fitting(table: Asked, guesses: Sequence[Guess]) -> list[int]:
    """Count for each guess the rows that fulfil all its conditions.

    Raises:
        DesensitizeError: as `Asked.fitting`.
    """
    return [table.fitting(guess) for guess in guesses]


def guesses_of_rows(asked: Asked, number: int, known: int, random: np.random.Generator) -> Guesses:
    """Make guesses from some columns of random rows, each of which fits one row of the table.

    Only a row that stands alone by the values of some columns can stand alone by conditions on
    them: such pairs of a row and a set of columns are tried in random order, until so many guesses
    are found or all pairs were tried.
    """
    table = asked.table
    middles = {name: table[name].median() for name in table.columns if _is_number(table[name])}
    rows, sets, chosen, is_whole = _alone(table, min(known, table.width), random)
    order = random.permutation(len(rows))[:MOST_CANDIDATES]
    found: dict[Guess, None] = {}
    tried = 0
    while tried < len(order) and len(found) < number:
        batch = order[tried : tried + BATCH]
        tried += len(batch)
        guesses: dict[Guess, None] = {}
        records = table[rows[batch]].iter_rows()
        for record, places in zip(records, (chosen[one] for one in sets[batch]), strict=True):
            named = ((table.columns[place], record[place]) for place in places)
            guesses[tuple(_extreme(name, value, middles) for name, value in named)] = None
        new = [guess for guess in guesses if guess not in found]
        for guess, count in zip(new, fitting(asked, new), strict=True):
            if count == 1:
                found[guess] = None
    are_all = is_whole and tried == len(rows) and len(found) <= number
    return Guesses(tuple(islice(found, number)), are_all)


def _alone(
    table: pl.DataFrame, size: int, random: np.random.Generator
) -> tuple[Places, Places, list[tuple[int, ...]], bool]:
    """Return rows and sets of so many columns by which each is alone, as places in two lists.

    With them come the sets, and whether nothing was left out for being too much.
    """
    sets, total = _sets(table.width, size, random)
    coded = [encoded(table[name]) for name in table.columns]
    looked_at = np.ones(table.height, dtype=bool)
    most_rows = max(1, MOST_PAIRS // max(1, len(sets)))
    if table.height > most_rows:
        looked_at[random.permutation(table.height)[most_rows:]] = False
    rows: list[Places] = []
    for _, numbers, room in numbered_sets(sets, [one for one, _ in coded], [n for _, n in coded]):
        alone = sizes_of(numbers, room, np.ones(table.height, dtype=np.int64)) == 1
        rows.append(np.flatnonzero(alone & looked_at))
    which = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    is_whole = len(sets) == total and bool(looked_at.all())
    return np.concatenate(rows), which, sets, is_whole


def _sets(width: int, size: int, random: np.random.Generator) -> tuple[list[tuple[int, ...]], int]:
    total = comb(width, size)
    if total <= MOST_SETS:
        return list(combinations(range(width), size)), total
    drawn = {
        tuple(sorted(random.choice(width, size, replace=False).tolist())) for _ in range(MOST_SETS)
    }
    return sorted(drawn), total


def guesses_of_values(asked: Asked, number: int, random: np.random.Generator) -> list[Guess]:
    """Make guesses from single columns: their extremes and the values that stand in one row."""
    table = asked.table
    batch: list[Guess] = []
    for name in table.columns:
        column = table[name]
        if column.null_count() == 1:
            batch.append((Condition(name, "==", None),))
        if _is_number(column) and column.null_count() < len(column):
            ends = column.sort(nulls_last=True)
            batch.append((Condition(name, "<=", ends[0]),))
            batch.append((Condition(name, ">=", ends[len(ends) - 1 - column.null_count()]),))
        counted = column.drop_nulls().value_counts(name=" count ")
        rare = counted.filter(pl.col(" count ") == 1)[name]
        batch += [(Condition(name, "==", value),) for value in sorted(rare.to_list(), key=str)]
    order = random.permutation(len(batch))
    batch = [batch[int(one)] for one in order[: 4 * number]]
    kept = [guess for guess, count in zip(batch, fitting(asked, batch), strict=True) if count == 1]
    return list(dict.fromkeys(kept))[:number]


def read_guesses(path: Path) -> list[Guess]:
    """Read guesses that another program made: a JSON list of lists of [column, operator, value].

    Raises:
        DesensitizeError: `bad-guesses`.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        guesses = [tuple(_checked(*condition) for condition in guess) for guess in read]
        if not all(guesses):
            raise ValueError
    except (OSError, ValueError, TypeError):
        raise DesensitizeError("bad-guesses") from None
    return guesses


def plain_guesses(guesses: Sequence[Guess]) -> Iterator[list[list[Value]]]:
    """Yield guesses in the form that `read_guesses` reads."""
    for guess in guesses:
        yield [[one.column, one.operator, one.value] for one in guess]


def _checked(column: object, compared: object, value: object) -> Condition:
    if not isinstance(column, str) or not isinstance(compared, str) or compared not in OPERATORS:
        raise ValueError
    if value is not None and not isinstance(value, str | int | float):
        raise ValueError
    return Condition(column, compared, value)


def _extreme(name: str, value: Value, middles: Mapping[str, object]) -> Condition:
    if value is None or name not in middles:
        return Condition(name, "==", value)
    middle = middles[name]
    above = isinstance(middle, int | float) and isinstance(value, int | float) and value > middle
    return Condition(name, ">=" if above else "<=", value)


def _is_number(column: pl.Series) -> bool:
    return column.dtype.is_numeric()
