"""Tell from small sketches of two tables whether they are about the same people."""

from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from desensitize.attacks.digests import Digests, cell_digests, row_digests
from desensitize.attacks.excess import NORMAL_95
from desensitize.errors import DesensitizeError, TableError, nearest

LEAST_SHARED = 0.05
"""The share of common people from which two tables are about the same ones."""
MOST_ROWS = 0.5
"""The share of common rows from which a table is another one that goes on."""
ROWS_KEPT = 2**15
KEYS_KEPT = 2**14
MOST_KEYS = 6
"""Columns beside that of the persons of which the values are sketched."""
BATCH_ROWS = 50_000
DISTINCT = 0.9
"""The share of different values from which a column of texts or whole numbers is a key."""
DENSE = 2.0
"""Whole numbers that fill more than half of their range are counted through: they name nobody."""
ALL = 2.0**64
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that carries counts into all bits of a digest (2 to the 64 by the golden ratio)."""

PROBED, MOST_ROWS_PROBED, MOST_KEYS_PROBED = 300, 4_500, 400
"""All digests of so many owners stand in a probe, but at most so many of rows and of a column."""
LEAST_EXPECTED = 9.0
"""Of tables that share people so many digests are expected in both probes; 1 in 8,000 has none."""
PROBE_BYTES = 30_000
"""No probe is longer."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bottom:
    """Hold the smallest of the digests of some owners: rows, or people by a column.

    `marks` tell for each digest of a row what the whole row is, `weights` for how many owners it
    stands where the whole row is met. All digests below `bound`, of 1, are there.
    """

    digests: Digests
    marks: Digests
    weights: Floats
    owners: int
    bound: float


@dataclass(frozen=True)
class Probe:
    """Hold as much of a sketch as mostly tells that two tables share nobody: a fiftieth of it.

    `values` ascend: the last 32 bits of the smallest digests, of rows and keys alike. `figures` has
    a line for the rows and for each column of keys: of how many owners there are digests at least,
    and below which bound all digests are among the values.
    """

    values: npt.NDArray[np.uint32]
    figures: Floats

    def to_bytes(self) -> bytes:
        """Return the probe with its lengths before it."""
        head = np.array([len(self.figures), len(self.values)], dtype="<u4")
        figures, values = self.figures.astype("<f8"), self.values.astype("<u4")
        return head.tobytes() + figures.tobytes() + values.tobytes()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Probe":
        """Read what `to_bytes` returned, whatever follows it."""
        lines, count = np.frombuffer(content, dtype="<u4", count=2)
        figures = np.frombuffer(content, dtype="<f8", count=2 * int(lines), offset=8)
        values = np.frombuffer(content, dtype="<u4", count=int(count), offset=8 + figures.nbytes)
        return cls(values, figures.reshape(-1, 2))

    def may_share(self, other: "Probe") -> bool:
        """Return whether two tables may share people, so that their sketches must be compared."""
        if np.isin(self.values, other.values, assume_unique=True).any():
            return True
        pairs = [(self.figures[0], other.figures[0])]
        pairs += [(mine, theirs) for mine in self.figures[1:] for theirs in other.figures[1:]]
        return any(
            0 < LEAST_SHARED * owners * bound < LEAST_EXPECTED and bound < 1
            for owners, bound in (np.minimum(*pair) for pair in pairs)
        )


@dataclass(frozen=True)
class Sketch:
    """Hold what is left of a table to recognize its people by: keyed digests of a few of its cells.

    `rows` is of the rows and of the rows without each of their cells, `keys` of the values of
    columns that tell rows apart. Only sketches with one key can be compared. About a megabyte at
    most, whatever the size of the table.
    """

    rows: Bottom
    keys: tuple[Bottom, ...]

    def probe(self) -> Probe:
        """Return what mostly suffices to compare it."""
        values, figures = list[npt.NDArray[np.uint32]](), list[list[float]]()
        for one in (self.rows, *self.keys):
            # Of rows that many owners share, fewer digests are common.
            owners = one.owners / max(1.0, float(one.weights.max(initial=0.0)))
            bound = min(one.bound, PROBED / max(1.0, owners))
            small = one.digests
            if bound < 1:
                small = small[small < np.uint64(bound * ALL)]
            most = MOST_ROWS_PROBED if one is self.rows else MOST_KEYS_PROBED
            if len(small) > most:
                small, bound = small[:most], float(small[most]) / ALL
            values.append(small.astype(np.uint32))
            figures.append([owners, bound])
        return Probe(np.unique(np.concatenate(values)), np.array(figures, dtype=np.float64))

    def to_bytes(self) -> bytes:
        """Return the sketch in a form that can be kept; it begins with its probe."""
        arrays: dict[str, np.ndarray] = {}
        for number, one in enumerate((self.rows, *self.keys)):
            arrays[f"{number} digests"], arrays[f"{number} marks"] = one.digests, one.marks
            arrays[f"{number} weights"] = one.weights
            arrays[f"{number} figures"] = np.array([one.owners, one.bound])
        file = BytesIO()
        np.savez_compressed(file, allow_pickle=False, **arrays)
        probe = self.probe().to_bytes()
        return len(probe).to_bytes(4, "little") + probe + file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Sketch":
        """Read what `to_bytes` returned."""
        begins = 4 + int.from_bytes(content[:4], "little")
        with np.load(BytesIO(content[begins:]), allow_pickle=False) as arrays:
            found = []
            for number in range(len(arrays.files) // 4):
                owners, bound = arrays[f"{number} figures"]
                parts = [arrays[f"{number} {name}"] for name in ("digests", "marks", "weights")]
                found.append(Bottom(parts[0], parts[1], parts[2], int(owners), float(bound)))
        return cls(found[0], tuple(found[1:]))


@dataclass(frozen=True)
class Overlap:
    """Hold the share of the smaller table's people that both have, with bounds at 95 %."""

    share: float
    low: float
    high: float


class _Collector:
    """Keep the smallest of the digests that pass, and count how often each did."""

    def __init__(self, size: int) -> None:
        self.size, self.seen, self.owners, self.bound = size, 0, 0, 1.0
        empty = np.zeros(0, dtype=np.uint64)
        self.digests, self.marks, self.counts = empty, empty, np.zeros(0, dtype=np.int64)

    def add(self, digests: Digests, marks: Digests, owners: int) -> None:
        """Take in the digests of some rows."""
        self.owners += owners
        self.seen += len(digests)
        if self.bound < 1:
            small = digests < np.uint64(self.bound * ALL)
            digests, marks = digests[small], marks[small]
        new, first, counts = np.unique(digests, return_index=True, return_counts=True)
        together = np.concatenate([self.digests, new])
        found, place, back = np.unique(together, return_index=True, return_inverse=True)
        self.counts = np.bincount(back, np.concatenate([self.counts, counts])).astype(np.int64)
        self.marks = np.concatenate([self.marks, marks[first]])[place]
        self.digests = found
        if len(found) > self.size:
            self.bound = float(found[self.size]) / ALL
            self.digests, self.marks = found[: self.size], self.marks[: self.size]
            self.counts = self.counts[: self.size]

    def of_rows(self) -> Bottom:
        """Return what is kept of rows.

        What rows without a cell share is nobody's own and is left out. Whole rows that are alike
        are one digest, which only a table with as many of them has.
        """
        own, whole = self.counts == 1, self.marks == self.digests
        kept = own | whole
        digests = self.digests + (self.counts - 1).astype(np.uint64) * SPREAD
        weights = np.where(own, self.owners / max(1, self.seen), self.counts)
        return self._sorted(digests[kept], self.marks[kept], weights[kept], self.owners)

    def of_keys(self) -> Bottom:
        """Return what is kept of people; rows of one in several batches came by several times."""
        several = float(self.counts.mean()) if len(self.counts) else 1.0
        weights = np.ones(len(self.digests))
        return self._sorted(self.digests, self.marks, weights, round(self.owners / several))

    def _sorted(self, digests: Digests, marks: Digests, weights: Floats, owners: int) -> Bottom:
        order = np.argsort(digests)
        return Bottom(digests[order], marks[order], weights[order], owners, self.bound)


def sketch_people(path: Path, *, key: bytes, person: str | None = None) -> Sketch:
    """Sketch the people of a Parquet file; one pass over it, and one more to find its keys.

    `key` has 16, 24 or 32 bytes and is one for all tables that are to be compared; whoever lacks it
    learns nothing from a sketch. `person` names the column that tells persons apart.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`.
    """
    try:
        names = list(pl.read_parquet_schema(path))
        if person is not None and person not in names:
            raise DesensitizeError("unknown-column", column=person, nearest=nearest(person, names))
        columns = keys_of(path, person)
        rows = _Collector(ROWS_KEPT)
        keys = {name: _Collector(KEYS_KEPT) for name in columns}
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                table = pl.DataFrame(batch)
                whole, without = row_digests(table, key)
                # A row without an empty cell is the row.
                parts = np.concatenate([whole[:, None], without], axis=1)
                marks = np.repeat(whole, parts.shape[1])
                new = np.ones(parts.shape, dtype=bool)
                new[:, 1:] = without != whole[:, None]
                rows.add(parts[new], marks[new.reshape(-1)], table.height)
                for name, collector in keys.items():
                    # Where a person has several rows, it still is one.
                    digests = np.unique(cell_digests(table[name], key))
                    digests = digests[digests != 0]
                    collector.add(digests, digests, len(digests))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    return Sketch(rows.of_rows(), tuple(each.of_keys() for each in keys.values()))


def keys_of(path: Path, person: str | None) -> list[str]:
    """Name the columns whose values tell rows apart, but those that only count them through."""
    table = pl.scan_parquet(path)
    schema = table.collect_schema()
    able = [name for name, kind in schema.items() if kind == pl.String or kind.is_integer()]
    if not able:
        return [] if person is None else [person]
    counts = table.select(
        *(pl.col(name).approx_n_unique().alias(f"{name} different") for name in able),
        *(pl.col(name).count().alias(f"{name} present") for name in able),
        *(
            (pl.col(name).max().cast(pl.Float64) - pl.col(name).min().cast(pl.Float64)).alias(
                f"{name} range"
            )
            for name in able
            if schema[name].is_integer()
        ),
    ).collect(engine="streaming")
    found: list[tuple[float, str]] = []
    for name in able:
        different, present = counts[f"{name} different"].item(), counts[f"{name} present"].item()
        share = different / max(1, present)
        counted = f"{name} range" in counts and (
            (counts[f"{name} range"].item() or 0) < DENSE * different
        )
        if name != person and share >= DISTINCT and not counted:
            found.append((share, name))
    best = [name for _, name in sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_KEYS]]
    return ([] if person is None else [person]) + best


def shared_people(one: Sketch, other: Sketch) -> Overlap:
    """Estimate the share of the smaller table's people that both tables have.

    The largest of the shares by rows and by any two columns of keys. Each digest below the bounds
    of both sketches is in both or in neither (Cohen and Kaplan, VLDB 2008), so that common ones are
    counted in a sample of which the share is known; bounds are those of a Poisson count.
    """
    found = [_overlap(one.rows, other.rows)]
    found += [_overlap(mine, theirs) for mine in one.keys for theirs in other.keys]
    return Overlap(
        share=max(each.share for each in found),
        low=max(each.low for each in found),
        high=max(each.high for each in found),
    )


def same_people(one: Sketch, other: Sketch, *, least: float = LEAST_SHARED) -> bool:
    """Return whether two tables share people, or may: a share of `least` in the bounds suffices."""
    return shared_people(one, other).high >= least


def same_rows(one: Sketch, other: Sketch, *, least: float = MOST_ROWS) -> bool:
    """Return whether most rows of the smaller table are in the other, but for a cell at most."""
    return _overlap(one.rows, other.rows).share >= least


def _overlap(one: Bottom, other: Bottom) -> Overlap:
    """Add up the owners of rows that are alike, and of those that are alike but for one cell.

    A row that is alike is met by every one of its digests, one that differs in a cell by one.
    """
    share = min(one.bound, other.bound)
    _, here, there = np.intersect1d(
        one.digests, other.digests, assume_unique=True, return_indices=True
    )
    smaller, places = (one, here) if one.owners <= other.owners else (other, there)
    if not smaller.owners:
        return Overlap(0.0, 0.0, 0.0)
    like = one.marks[here] == other.marks[there]
    square, half = NORMAL_95**2, NORMAL_95 * (1 - share)
    total = low = high = 0.0
    for weights in (smaller.weights[places[like]], np.ones(int((~like).sum()))):
        # The weight of one more that by chance was not met.
        each = float(weights.mean()) if len(weights) else 1.0
        count, of = len(weights), share * smaller.owners / each
        total += count / of
        error = half * sqrt(count + square / 4)
        middle = count + (1 - share) * square / 2
        low += max(0.0, middle - error) / of
        high += (middle + error) / of
    return Overlap(min(1.0, total), min(1.0, low), min(1.0, high))
