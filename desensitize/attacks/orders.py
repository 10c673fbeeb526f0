"""Orders in which the rows of two tables may correspond."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from desensitize.attacks.codes import numbered
from desensitize.attacks.meaning import Meaning, Readable
from desensitize.attacks.values import Booleans, Codes, Integers, Values

ROWS_A_LABEL = 20
"""A column whose labels stand together is a visible sorting, when a label has so many rows."""
RUNS = 1.05
LITTLE = 0.5


@dataclass(frozen=True)
class Order:
    """Say which row of each table stands at which place.

    `groups` numbers for the rows of the second table what anybody sees that the order follows:
    rows are only permuted among those that are alike in it. `values` numbers the value by which
    each row of the first table is sorted, where many share one.
    """

    first: Codes
    second: Codes
    groups: "Groups"
    values: Codes | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """Name an order, and make it when it is asked for: all of them at once do not fit into memory.

    `has_parts` says that what anybody sees a table sorted by parts this order too, `is_written`
    that it is the order in which the first table is written.
    """

    name: str
    make: Callable[[], Order]
    has_parts: bool = True
    is_written: bool = False


@dataclass(frozen=True)
class Part:
    """Hold a part of a table that is openly sorted, and the rows of the first table that fit."""

    first: Booleans
    second: Codes

    @property
    def rows(self) -> tuple[int, int]:
        """Return the number of rows of both tables."""
        return int(np.count_nonzero(self.first)), len(self.second)

    def within(self, order: Order) -> Order:
        """Return an order of whole tables within the part."""
        return replace(order, first=order.first[self.first[order.first]], second=self.second)


class Groups:
    """Draw rows among those that are alike."""

    def __init__(self, codes: Integers) -> None:
        self.codes: Codes = codes.astype(np.int32)
        self._sorted: Codes = np.argsort(self.codes, kind="stable").astype(np.int32)
        self._sizes = np.bincount(codes)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def draw(self, rows: Codes, random: np.random.Generator) -> Codes:
        """Return for each row one that is alike, by chance."""
        codes = self.codes[rows]
        drawn: Codes = self._sorted[self._starts[codes] + random.integers(0, self._sizes[codes])]
        return drawn

    def permuted(self, random: np.random.Generator) -> Codes:
        """Return all rows, permuted among those that are alike."""
        if len(self._sizes) == 1:
            return random.permutation(self._sorted)
        by_chance = np.lexsort((random.random(len(self.codes)), self.codes))
        moved = np.empty_like(self._sorted)
        moved[self._sorted] = by_chance
        return moved


def open_parts(
    seen: Integers, source_rows: int, meanings: Sequence[Meaning], most: int, fewest: int
) -> Iterator[Part]:
    """Hand out the largest parts of a table that is openly sorted; `seen` numbers them by row.

    In a part are the rows that agree in the columns that the table is sorted by, and the rows of
    the first table that fit in the columns that say the same of the whole part.
    """
    sizes = np.bincount(seen)
    for part in np.argsort(-sizes, kind="stable")[:most].tolist():
        if sizes[part] < fewest or sizes[part] == len(seen):
            continue
        rows = np.flatnonzero(seen == part).astype(np.int32)
        kept = np.ones(source_rows, dtype=bool)
        everybody = np.arange(source_rows)
        for meaning in meanings:
            if len(np.unique(meaning.released.codes[rows])) == 1:
                kept &= meaning.fits(everybody, rows[:1])
        if np.count_nonzero(kept) >= len(rows) // 2:
            yield Part(kept, rows)


def orders_of(readable: Readable, seen: Integers) -> Iterator[Plan]:
    """Hand out the orders of a source that its release may follow.

    These are the source's own, reversed, and sorted by each column, released or not, up or down
    and otherwise in its own order; and the source's own for a release sorted by a column that
    comes from nowhere or tells rows apart. `seen` is what `visible` returns of the release.
    """
    rows, released = readable.source_rows, readable.released_rows
    plain, written = np.arange(rows, dtype=np.int32), np.arange(released, dtype=np.int32)
    groups = Groups(seen)
    yield Plan("the order of the source", lambda: Order(plain, written, groups), is_written=True)
    yield Plan("the order of the source, reversed", lambda: Order(plain[::-1], written, groups))
    labels = {one.source.column: one.released for one in readable.meanings.values()}
    for name, values in readable.source.items():
        if values.different > 1:
            yield from _sortings(values, labels.get(name), written, groups, seen)
    for name, values in readable.released.items():
        known = readable.meanings.get(name)
        if values.different > released / 2 and (known is None or _says_little(known)):
            title = f"the order of the source, for rows sorted by “{name}”"
            make = partial(_sorted_release, values, cache(partial(ranks, values)), plain)
            yield Plan(title, make, has_parts=False)


def _sortings(
    values: Values, labels: Values | None, written: Codes, groups: "Groups", seen: Integers
) -> Iterator[Plan]:
    """Hand out the orders of a source sorted by a column, which its release may have labels of."""
    ranked = cache(partial(ranks, values))

    def sort(sign: int) -> Order:
        rank = ranked()[values.codes]
        inside = groups if labels is None else Groups(_joined(seen, labels.codes))
        shared = rank if values.different <= values.rows / 2 else None
        return Order(_sorted(sign * rank), written, inside, shared)

    for sign, way in ((1, ""), (-1, ", downwards")):
        yield Plan(f"sorted by “{values.column}”{way}", partial(sort, sign))


def _sorted_release(values: Values, ranked: Callable[[], Codes], plain: Codes) -> Order:
    every = Groups(np.zeros(values.rows, dtype=np.int64))
    return Order(plain, _sorted(ranked()[values.codes]), every)


def orders_of_releases(earlier: Readable, later: Readable) -> Iterator[Plan]:
    """Hand out the orders in which two releases may correspond: as written, and reversed."""
    first = np.arange(earlier.released_rows, dtype=np.int32)
    second = np.arange(later.released_rows, dtype=np.int32)
    groups = Groups(visible(later))
    for title, rows in (("", first), (", reversed", first[::-1])):
        name = f"the order of the earlier release{title}"
        made = partial(Order, rows, second, groups)
        yield Plan(name, made, has_parts=False, is_written=not title)


def ranks(values: Values) -> Codes:
    """Rank the different values: null, then texts, then numbers by size."""
    by_text = values.texts.arg_sort().to_numpy()
    numbers = values.numbers()[by_text]
    order = by_text[np.argsort(np.where(np.isnan(numbers), -np.inf, numbers), kind="stable")]
    found = np.empty(values.different, dtype=np.int32)
    found[order] = np.arange(values.different, dtype=np.int32)
    return found


def _says_little(meaning: Meaning) -> bool:
    return bool(np.mean(meaning.shares()) > LITTLE)


def _sorted(keys: Codes) -> Codes:
    order: Codes = np.argsort(keys, kind="stable").astype(np.int32)
    return order


def visible(readable: Readable) -> Integers:
    """Number the rows of a release by the columns that anybody sees it sorted by.

    In them equal labels stand together; one column is looked at after another.
    """
    rows = readable.released_rows
    seen = np.zeros(rows, dtype=np.int64)
    left = dict(readable.released)
    while True:
        for name, values in left.items():
            joined = _joined(seen, values.codes)
            different = int(joined.max(initial=0)) + 1
            runs = 1 + int(np.count_nonzero(joined[1:] != joined[:-1]))
            # Persons that stand together are no sorting, but what is sorted further is.
            most = rows / (2 if seen.any() else ROWS_A_LABEL)
            if values.different > 1 and runs <= RUNS * different < most:
                seen = joined
                left.pop(name)
                break
        else:
            return seen


def _joined(one: Integers, other: Codes) -> Integers:
    size = int(other.max(initial=0)) + 1
    return numbered(one * size + other, (int(one.max(initial=0)) + 1) * size)[0]
