"""Orders in which the rows of two tables may correspond."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from desensitize.attacks.meaning import Meaning, Readable
from desensitize.attacks.values import Codes, Integers, Values

ROWS_A_LABEL = 20
"""A column whose labels stand together is a visible sorting, when a label has so many rows."""
RUNS = 1.05
LITTLE = 0.5


@dataclass(frozen=True)
class Order:
    """Say which row of each table stands at which place.

    `groups` numbers for the rows of the second table what anybody sees that the order follows:
    rows are only permuted among those that are alike in it. `values` numbers the value by which
    each row of the first table is sorted, where many share one, `seen` the parts of a second table
    that is openly sorted.
    """

    name: str
    first: Codes
    second: Codes
    groups: "Groups"
    values: Codes | None = None
    seen: Codes | None = None

    def parts(self, meanings: Sequence[Meaning], most: int, fewest: int) -> Iterator["Order"]:
        """Hand out the order within the largest parts of a table that is openly sorted.

        In a part are the rows that agree in the columns that the table is sorted by, and the rows
        of the first table that fit in the columns that say the same of the whole part.
        """
        if self.seen is None:
            return
        sizes = np.bincount(self.seen)
        for part in np.argsort(-sizes, kind="stable")[:most].tolist():
            rows = self.second[self.seen[self.second] == part]
            if sizes[part] < fewest or sizes[part] == len(self.seen):
                continue
            kept = np.ones(len(self.first), dtype=bool)
            everybody = np.arange(len(self.first))
            for meaning in meanings:
                if len(np.unique(meaning.released.codes[rows])) == 1:
                    kept &= meaning.fits(everybody, rows[:1])
            first = self.first[kept[self.first]]
            if len(first) >= len(rows) // 2:
                name = f"{self.name}, within a part that is openly sorted"
                yield replace(self, name=name, first=first, second=rows)


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


def orders_of(readable: Readable) -> Iterator[Order]:
    """Hand out the orders of a source that its release may follow.

    These are the source's own, reversed, and sorted by each column, released or not, up or down
    and otherwise in its own order; and the source's own for a release sorted by a column that
    comes from nowhere or tells rows apart.
    """
    rows, released = readable.source_rows, readable.released_rows
    plain, written = np.arange(rows, dtype=np.int32), np.arange(released, dtype=np.int32)
    seen = _visible(readable.released, released)
    groups, parts = Groups(seen), seen.astype(np.int32) if seen.any() else None
    yield Order("the order of the source", plain, written, groups, seen=parts)
    yield Order("the order of the source, reversed", plain[::-1], written, groups, seen=parts)
    labels = {one.source.column: one.released for one in readable.meanings.values()}
    for name, values in readable.source.items():
        if len(values.texts) < 2:
            continue
        rank = ranks(values)[values.codes]
        inside = Groups(_joined(seen, labels[name].codes)) if name in labels else groups
        shared = rank if len(values.texts) <= rows / 2 else None
        for key, way in ((rank, ""), (-rank, ", downwards")):
            order = np.argsort(key, kind="stable").astype(np.int32)
            yield Order(f"sorted by “{name}”{way}", order, written, inside, shared, parts)
    for name, values in readable.released.items():
        known = readable.meanings.get(name)
        if len(values.texts) > released / 2 and (known is None or _says_little(known)):
            by_name = np.argsort(ranks(values)[values.codes], kind="stable").astype(np.int32)
            every = Groups(np.zeros(released, dtype=np.int64))
            yield Order(
                f"the order of the source, for rows sorted by “{name}”", plain, by_name, every
            )


def orders_of_releases(earlier: Readable, later: Readable) -> Iterator[Order]:
    """Hand out the orders in which two releases may correspond: as written, and reversed."""
    first = np.arange(earlier.released_rows, dtype=np.int32)
    second = np.arange(later.released_rows, dtype=np.int32)
    groups = Groups(_visible(later.released, later.released_rows))
    yield Order("the order of the earlier release", first, second, groups)
    yield Order("the order of the earlier release, reversed", first[::-1], second, groups)


def ranks(values: Values) -> Codes:
    """Rank the different values: numbers by size, anything else as text; null first."""
    frame = pl.DataFrame({"number": values.numbers(), "text": values.texts})
    order = frame.select(
        pl.struct(pl.col("number").fill_nan(None), "text").rank("ordinal")
    ).to_series()
    return order.to_numpy().astype(np.int32)


def _says_little(meaning: Meaning) -> bool:
    return bool(np.mean(meaning.shares()) > LITTLE)


def _visible(columns: Mapping[str, Values], rows: int) -> Integers:
    """Number the rows by the columns whose equal labels stand together, one after another."""
    seen = np.zeros(rows, dtype=np.int64)
    left = dict(columns)
    while True:
        for name, values in left.items():
            joined = _joined(seen, values.codes)
            different = int(joined.max(initial=0)) + 1
            runs = 1 + int(np.count_nonzero(joined[1:] != joined[:-1]))
            # Persons that stand together are no sorting, but what is sorted further is.
            most = rows / (2 if seen.any() else ROWS_A_LABEL)
            if len(values.texts) > 1 and runs <= RUNS * different < most:
                seen = joined
                left.pop(name)
                break
        else:
            return seen


def _joined(one: Integers, other: Codes) -> Integers:
    both = one * (int(other.max(initial=0)) + 1) + other
    numbers: Integers = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return numbers
