"""One figure for how much of a table a release still tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl

from desensitize.attacks.contract import Release
from desensitize.attacks.meaning import ANYTHING, Meaning, read_release
from desensitize.attacks.pairs import as_labels
from desensitize.attacks.values import Floats, Integers, Values, encode_column

MOST_BINS = 24
"""So many kinds of values of a column are told apart at most."""


@dataclass(frozen=True)
class Binned:
    """Hold a column of the source with its values in bins.

    `place` is the bin of each value, `rows` has one row a row of the table with a 1 at its bin,
    `evenly` the share of each bin where all values of the source are taken for equally likely.
    """

    values: Values
    edges: Floats | None
    names: dict[str, int]
    place: Integers
    rows: Floats
    evenly: Floats

    @property
    def size(self) -> int:
        """Return the number of bins."""
        return len(self.evenly)

    def place_of(self, released: Values) -> Integers:
        """Return the bin of each value of another table; the last one where it has none."""
        if self.edges is None:
            return np.array([self.names.get(text, self.size - 1) for text in released.texts])
        numbers = _numbers(released)
        if numbers is None:
            return np.full(len(released.texts), self.size - 1)
        return _placed(numbers, self.edges)


class Usefulness:
    """Measure releases of one table: 1 tells as much as the table, 0 no more than “*” everywhere.

    For each pair of columns the total variation distance between their values in the table and
    what a reader of the release takes them for: each label is shared out evenly among the values
    of the table that it can stand for, and a column or row that is left out stands for all of
    them. The distances of all pairs are added up, and the figure is 1 − distance of the release /
    distance of a table of “*” alone, at least 0. Numbers and dates are told apart in bins of about
    equally many rows, texts by the commonest, at most 24 a column.
    """

    def __init__(self, source: Path, columns: Sequence[str]) -> None:
        """Read the columns that count; of tables up to some 100,000 rows.

        Raises:
            TableError: `unreadable-table`.
        """
        self.columns = {name: _binned(encode_column(source, name)) for name in columns}
        self._pairs = list(combinations(columns, 2)) or [(name, name) for name in columns]
        self._before = {
            pair: _joint(self.columns[pair[0]].rows, self.columns[pair[1]].rows)
            for pair in self._pairs
        }
        self._nothing = sum(
            _distance(self._before[one, other], self._unknown(one, other))
            for one, other in self._pairs
        )

    def of(self, release: Release, *, left_out: float = 0.0) -> float:
        """Return the usefulness of a release; `left_out` is the share of the rows not in it.

        Raises:
            TableError: `unreadable-table`.
            DesensitizeError: `bad-hierarchy`.
        """
        if not self._nothing:
            return 1.0
        rows = self._drawn(release) if release.is_synthetic else self._read(release)
        apart = 0.0
        for one, other in self._pairs:
            unknown = self._unknown(one, other)
            told = self._told(rows, one, other)
            apart += _distance(self._before[one, other], (1 - left_out) * told + left_out * unknown)
        return max(0.0, 1 - apart / self._nothing)

    def _told(self, rows: dict[str, Floats], one: str, other: str) -> Floats:
        if one in rows and other in rows:
            return _joint(rows[one], rows[other])
        first, second = (
            rows[name].mean(axis=0) if name in rows else self.columns[name].evenly
            for name in (one, other)
        )
        return np.outer(first, second)

    def _unknown(self, one: str, other: str) -> Floats:
        return np.outer(self.columns[one].evenly, self.columns[other].evenly)

    def _read(self, release: Release) -> dict[str, Floats]:
        """Return for each row of a release how likely each bin is, by column of the source."""
        found = {}
        with as_labels(release) as shown:
            meanings = read_release(shown).meanings.values()
        for meaning in meanings:
            name = meaning.source.column
            if name in self.columns:
                found[name] = _spread(meaning, self.columns[name])[meaning.released.codes]
        return found

    def _drawn(self, release: Release) -> dict[str, Floats]:
        """Return the bins of rows that were drawn anew: their values need not be the source's."""
        found = {}
        for name in pl.read_parquet_schema(release.released):
            if name in self.columns:
                column, values = self.columns[name], encode_column(release.released, name)
                found[name] = np.eye(column.size)[column.place_of(values)[values.codes]]
        return found


def _joint(one: Floats, other: Floats) -> Floats:
    joint: Floats = one.T @ other / max(1, len(one))
    return joint


def _distance(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).sum() / 2)


def _spread(meaning: Meaning, column: Binned) -> Floats:
    """Return for each label the share of each bin among the values that it can stand for."""
    # Values of a release are read against those of the same file, in the same order.
    found = np.tile(column.evenly, (len(meaning.level), 1))
    for number, climbed in enumerate(meaning.climbed):
        here = (meaning.level == number) & (meaning.level != ANYTHING)
        known = climbed >= 0
        size = max(int(climbed.max(initial=0)), int(meaning.key[here].max(initial=0))) + 1
        counts = np.zeros((size, column.size))
        np.add.at(counts, (climbed[known], column.place[known]), 1.0)
        total = counts.sum(axis=1, keepdims=True)
        shares = np.where(total > 0, counts / np.maximum(total, 1), column.evenly)
        found[here] = shares[meaning.key[here]]
    return found


def _binned(values: Values) -> Binned:
    numbers = _numbers(values)
    if numbers is not None:
        edges, names = _edges(numbers, values.counts), {}
        place, size = _placed(numbers, edges), len(edges) + 2
    else:
        edges, names = None, _commonest(values)
        size = len(names) + 1
        place = np.array([names.get(text, size - 1) for text in values.texts], dtype=np.int64)
    evenly = np.bincount(place, minlength=size) / max(1, len(place))
    return Binned(values, edges, names, place, np.eye(size)[place[values.codes]], evenly)


def _numbers(values: Values) -> Floats | None:
    """Return the values as numbers, NaN where a cell is empty; None where some are texts."""
    if values.dtype.is_temporal():
        texts = values.texts
        moments = (
            texts.str.to_date(strict=False) if values.dtype == pl.Date else texts.rank("dense")
        )
        return moments.to_physical().cast(pl.Float64).fill_null(np.nan).to_numpy()
    numbers = values.numbers()
    return numbers if np.isfinite(numbers[values.texts.is_not_null().to_numpy()]).all() else None


def _edges(numbers: Floats, counts: Integers) -> Floats:
    """Return where bins of about equally many rows begin; a common value has one of its own."""
    known = np.isfinite(numbers)
    order = np.argsort(numbers[known])
    ordered, weights = numbers[known][order], counts[known][order]
    if len(ordered) <= MOST_BINS:
        return ordered
    share = weights / weights.sum()
    common = ordered[share >= 1 / MOST_BINS]
    rest = share < 1 / MOST_BINS
    left = max(1, MOST_BINS - 2 * len(common))
    reached = np.cumsum(share[rest]) / max(share[rest].sum(), 1e-12)
    starts = np.unique(np.searchsorted(reached, np.arange(left) / left, "right"))
    starts = starts[starts < int(rest.sum())]
    return np.unique(np.concatenate([ordered[rest][starts], common, np.nextafter(common, np.inf)]))


def _placed(numbers: Floats, edges: Floats) -> Integers:
    """Return the bin of each number: 0 below all edges, the last one where there is none."""
    place = np.searchsorted(edges, numbers, "right").astype(np.int64)
    place[~np.isfinite(numbers)] = len(edges) + 1
    return place


def _commonest(values: Values) -> dict[str, int]:
    kept = (
        pl.DataFrame({"text": values.texts, "rows": values.counts})
        .drop_nulls()
        .sort(["rows", "text"], descending=[True, False])
        .head(MOST_BINS - 1)
    )
    return {text: place for place, text in enumerate(kept["text"])}
