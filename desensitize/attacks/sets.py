"""Search the sets of columns by which somebody can single rows out.

A set that leaves every row among k others makes its subsets do so too: before the sets under a
base are tried, all their columns together are. A row that a set tells from all others is told by
every larger set, and is not counted again there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from desensitize.attacks.codes import Coded, Numbers, joined, numbered, sizes_of

MINIMAL = 3
"""The most columns of a minimal unique set, as in SUDA2 (Elliot, Manning & Ford, 2002)."""
WORK = 4 * 10**9
"""Sets × different rows that are counted at most unless told otherwise: 4,000 sets of a million."""
WORTH_PRUNING = 20
REMEMBERED = 200
FEW = 0.02

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class SetFigures:
    """Hold how many rows a set of columns singles out, and leaves among fewer than k."""

    columns: tuple[str, ...]
    unique_rows: int
    rows_below: int


@dataclass(frozen=True)
class Search:
    """Hold what the sets of at most `known` columns give away.

    `sets` are those that leave rows among fewer than k. `tried` of `total` sets are known, of which
    `counted` were counted and the others follow; `untried` names the columns whose sets were not
    all reached. `unique_rows` and `rows_below` are the rows that at least one set singles out, or
    leaves among fewer than k. `minimal_sets` counts the pairs of a row and a set of at most three
    columns that singles it out while none of its subsets does, and `minimal_rows` by size the rows
    whose smallest such set has that size.
    """

    rows: int
    columns: tuple[str, ...]
    k: int
    known: int
    sets: tuple[SetFigures, ...]
    tried: int
    total: int
    counted: int
    untried: tuple[str, ...]
    unique_rows: int
    rows_below: int
    minimal_sets: int
    minimal_rows: dict[int, int]

    @property
    def worst(self) -> SetFigures | None:
        """Return the smallest set that fails, of these the one that leaves most rows below k."""
        order = sorted(self.sets, key=lambda one: (len(one.columns), -one.rows_below, one.columns))
        return order[0] if order else None


def search_sets(
    table: Coded,
    columns: Sequence[str] | None = None,
    *,
    k: int,
    known: int,
    most_sets: int | None = None,
) -> Search:
    """Try every set of at most `known` of the columns (all by default).

    At most `most_sets` sets are counted, by default as many as WORK allows.
    """
    names = table.columns if columns is None else tuple(columns)
    if most_sets is None:
        most_sets = max(1, WORK // max(1, len(table.weights)))
    searcher = _Searcher(table, names, k, min(known, len(names)), most_sets)
    searcher.search()
    return searcher.result()


@dataclass(frozen=True)
class _Node:
    """Hold a set, and the rows that it does not single out, by numbers that tell its groups."""

    columns: tuple[int, ...]
    rows: Numbers | None
    numbers: Numbers
    room: int
    unique: int


class _Searcher:
    """Go through the sets so that all subsets of a set come before it."""

    def __init__(
        self, table: Coded, names: Sequence[str], k: int, known: int, most_sets: int
    ) -> None:
        # Columns of few values first, whose sets are likely to hold together.
        self._names = sorted(names, key=lambda name: table.values[name])
        self._codes = [table.codes[name] for name in self._names]
        self._values = [table.values[name] for name in self._names]
        self._weights = table.weights
        self._rows, self._k, self._known, self._most = table.rows, k, known, most_sets
        self._sets: list[SetFigures] = []
        self._failing: list[int] = []
        self._bits: dict[tuple[int, ...], Bits] = {}
        self._unique = np.zeros(len(table.weights), dtype=bool)
        self._below = np.zeros(len(table.weights), dtype=bool)
        self._least = np.zeros(len(table.weights), dtype=np.uint8)
        self._tried = self._counted = self._minimal = 0
        self._untried: set[int] = set()

    def search(self) -> None:
        """Try all sets."""
        start = np.zeros(len(self._weights), dtype=np.int64)
        self._extend(_Node((), None, start, 1, 0), len(self._names))

    def result(self) -> Search:
        """Return what was found."""
        return Search(
            rows=self._rows,
            columns=tuple(self._names),
            k=self._k,
            known=self._known,
            sets=tuple(self._sets),
            tried=self._tried,
            total=_sets_of(len(self._names), self._known),
            counted=self._counted,
            untried=tuple(self._names[one] for one in sorted(self._untried)),
            unique_rows=int(self._weights[self._unique].sum()),
            rows_below=int(self._weights[self._below].sum()),
            minimal_sets=self._minimal,
            minimal_rows={size: int((self._least == size).sum()) for size in range(1, MINIMAL + 1)},
        )

    def _extend(self, base: _Node, columns: int) -> None:
        """Try the sets of the base and some of the first columns."""
        under = _sets_of(columns, self._known - len(base.columns))
        if under >= WORTH_PRUNING and self._holds_with_all(base, columns):
            self._tried += under
            return
        for column in range(columns):
            if self._counted >= self._most:
                self._untried.update((*base.columns, *range(column, columns)))
                return
            node = self._counted_set(base, column)
            if len(node.columns) < self._known and column:
                self._extend(node, column)

    def _holds_with_all(self, base: _Node, columns: int) -> bool:
        """Return whether even the base and all the columns leave no row among fewer than k."""
        together = _mask((*base.columns, *range(columns)))
        if base.unique or any(failing & together == failing for failing in self._failing):
            return False
        numbers, room = base.numbers, base.room
        for column in range(columns):
            numbers, room = joined(numbers, room, self._codes[column], self._values[column])
        return bool(sizes_of(numbers, room, self._weights).min() >= self._k)

    def _counted_set(self, base: _Node, column: int) -> _Node:
        """Count the rows of the base's groups by one more column."""
        self._tried += 1
        self._counted += 1
        rows, codes, weights = base.rows, self._codes[column], self._weights
        if rows is not None:
            codes, weights = codes[rows], weights[rows]
        numbers, room = joined(base.numbers, base.room, codes, self._values[column])
        columns = (*base.columns, column)
        if not len(numbers):
            self._note(columns, base.unique, base.unique)
            return _Node(columns, rows, numbers, room, base.unique)
        sizes = sizes_of(numbers, room, weights)
        alone, few = sizes == 1, sizes < self._k
        found = int(alone.sum())
        self._note(columns, base.unique + found, base.unique + int(weights[few].sum()))
        if few.any():
            self._below[_at(few, rows)] = True
        self._single_out(columns, base, _at(alone, rows) if found else np.zeros(0, np.int64))
        if len(columns) == self._known:
            return _Node(columns, rows, numbers, room, base.unique + found)
        if found > FEW * len(numbers):
            rows = np.flatnonzero(~alone) if rows is None else rows[~alone]
            numbers = numbers[~alone]
        else:
            # They stay, and are counted again below each time: they are not counted here.
            found = 0
        if len(numbers) and room > len(numbers):
            numbers, room = numbered(numbers, room)
        return _Node(columns, rows, numbers, room, base.unique + found)

    def _note(self, columns: tuple[int, ...], unique: int, below: int) -> None:
        """Keep the figures of a set that does not hold."""
        if not below:
            return
        names = tuple(self._names[column] for column in sorted(columns))
        self._sets.append(SetFigures(names, unique, below))
        mask = _mask(columns)
        if len(self._failing) < REMEMBERED and not any(
            failing & mask == failing for failing in self._failing
        ):
            self._failing.append(mask)

    def _single_out(self, columns: tuple[int, ...], base: _Node, alone: Numbers) -> None:
        """Keep which rows a set singles out, and of which of them it is a minimal set."""
        self._unique[alone] = True
        size = len(columns)
        if size > MINIMAL:
            return
        minimal = np.ones(len(alone), dtype=bool)
        for left_out in range(size):
            subset = columns[:left_out] + columns[left_out + 1 :]
            if subset in self._bits:
                minimal &= ~_told(self._bits[subset], alone)
        chosen = alone[minimal]
        self._minimal += len(chosen)
        least = self._least[chosen]
        self._least[chosen] = np.where(least == 0, size, np.minimum(least, size))
        if size < MINIMAL:
            told = np.zeros(len(self._weights), dtype=bool)
            told[alone] = True
            packed = np.packbits(told)
            if base.columns in self._bits:
                packed |= self._bits[base.columns]
            self._bits[columns] = packed


def _sets_of(columns: int, most: int) -> int:
    """Count the sets of 1 to `most` of so many columns."""
    return sum(comb(columns, size) for size in range(1, most + 1))


def _mask(columns: Sequence[int]) -> int:
    return sum(1 << column for column in columns)


def _at(chosen: npt.NDArray[np.bool_], rows: Numbers | None) -> Numbers:
    return np.flatnonzero(chosen) if rows is None else rows[chosen]


def _told(bits: Bits, rows: Numbers) -> npt.NDArray[np.bool_]:
    """Return for each row whether its bit is set."""
    return np.asarray(bits[rows >> 3] >> (7 - (rows & 7)) & 1, dtype=bool)
