"""Distinct tuples of quasi-identifiers, coded for a search over generalization levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.errors import DesensitizeError
from desensitize.privacy.hierarchy import ANYTHING, Hierarchy

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Levels = NDArray[np.int16]

COUNT = " count "
MOST_NODES = 500_000
# Keys of half of the columns stay below this, so that two of them fit into 64 bits.
LARGEST_HALF = 2**31
SUPPRESSED = -1


@dataclass(frozen=True)
class CodedColumn:
    """Hold one column of the distinct tuples: a label code for each level and tuple.

    `losses` has the loss of each label, from 0 to 1.
    """

    name: str
    labels: pl.Series
    losses: Floats
    codes: Integers

    @property
    def levels(self) -> int:
        """Count the levels."""
        return int(self.codes.shape[0])


@dataclass(frozen=True)
class Lattice:
    """Hold the distinct tuples with their counts; a node names one level for each column.

    Tuples after the first `len(counts)` are those of a population, with counts of their own. Nodes
    come in ascending cost, the loss that they would have if every row were published there.
    """

    columns: tuple[CodedColumn, ...]
    counts: Integers
    population: Integers
    nodes: Levels
    costs: Floats

    @cached_property
    def rows(self) -> int:
        """Count the rows of the table."""
        return int(self.counts.sum())

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """Count the levels of each column."""
        return tuple(column.levels for column in self.columns)

    @cached_property
    def ranks(self) -> Integers:
        """Return the place of each node among all when the last column's level runs fastest."""
        return self._ranks(self.nodes)

    @cached_property
    def _places(self) -> Integers:
        places = np.empty(len(self.nodes), dtype=np.int64)
        places[self.ranks] = np.arange(len(self.nodes))
        return places

    def _ranks(self, levels: Levels) -> Integers:
        ranks = np.zeros(len(levels), dtype=np.int64)
        for position, depth in enumerate(self.depths):
            ranks = ranks * depth + levels[:, position]
        return ranks

    def nodes_at(self, levels: Levels) -> Integers:
        """Return the nodes that have the given levels, one row each."""
        return self._places[self._ranks(levels)]

    @cached_property
    def top(self) -> int:
        """Return the node at which every column is “*”."""
        highest = np.array([[column.levels - 1 for column in self.columns]], dtype=np.int16)
        return int(self.nodes_at(highest)[0])

    @cached_property
    def halves(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the positions of the columns in two halves with about equally many nodes."""
        positions = tuple(range(len(self.columns)))
        sizes = np.cumprod([float(column.levels) for column in self.columns])
        middle = int(np.searchsorted(sizes, np.sqrt(sizes[-1]))) + 1
        return positions[:middle], positions[middle:]

    def half_keys(self, half: int, levels: tuple[int, ...], tuples: Integers) -> Integers:
        """Return a number below 2^31 for the labels of some tuples in half of the columns."""
        keys = np.zeros(len(tuples), dtype=np.int64)
        span = 1
        for position, level in zip(self.halves[half], levels, strict=True):
            column = self.columns[position]
            size = len(column.labels)
            if span * size >= LARGEST_HALF:
                keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
                span = len(tuples)
            if span * size >= LARGEST_HALF:
                _, codes = np.unique(column.codes[level].take(tuples), return_inverse=True)
                keys = np.unique(keys * (codes.max(initial=0) + 1) + codes, return_inverse=True)[
                    1
                ].astype(np.int64)
                span = len(tuples)
                continue
            # In place, since keys are counted at thousands of nodes.
            keys *= size
            keys += column.codes[level].take(tuples)
            span *= size
        return keys

    def keys(self, node: int, tuples: Integers) -> Integers:
        """Return for some tuples a number that is the same where all labels at a node are."""
        first, second = self.split(node)
        return self.half_keys(0, first, tuples) * LARGEST_HALF + self.half_keys(1, second, tuples)

    def split(self, node: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the levels of a node for each half of the columns."""
        levels = tuple(self.nodes[node].tolist())
        middle = len(self.halves[0])
        return levels[:middle], levels[middle:]

    def losses(self, node: int, tuples: Integers) -> Floats:
        """Return for some tuples the loss of one row at a node, the mean over its columns."""
        total = np.zeros(len(tuples), dtype=np.float64)
        for column, level in zip(self.columns, self.nodes[node], strict=True):
            total += column.losses.take(column.codes[level].take(tuples))
        total /= len(self.columns)
        return total

    def loss(self, chosen: Integers) -> float:
        """Return the loss of publishing each tuple at its chosen node, or suppressing it.

        Rows are counted by label first, so that the sum is the same whatever order tuples are in.
        """
        kept = np.flatnonzero(chosen != SUPPRESSED)
        levels, weights = self.nodes[chosen[kept]], self.counts[kept]
        lost = 0.0
        for position, column in enumerate(self.columns):
            codes = column.codes[levels[:, position], kept]
            # Exact: sums of counts stay far below 2^53.
            rows = np.bincount(codes, weights=weights, minlength=len(column.labels))
            lost += float((rows * column.losses).sum())
        suppressed = self.rows - int(weights.sum())
        return (lost / len(self.columns) + suppressed) / self.rows


def build_lattice(
    tuples: pl.DataFrame,
    hierarchies: Mapping[str, Hierarchy],
    population: pl.DataFrame | None = None,
) -> Lattice:
    """Code the distinct tuples (text columns and a count) by their hierarchies.

    Raises:
        DesensitizeError: `search-too-large`.
    """
    nodes = 1
    for hierarchy in hierarchies.values():
        nodes *= hierarchy.levels - hierarchy.finest
    if nodes > MOST_NODES:
        raise DesensitizeError("search-too-large", nodes=nodes, limit=MOST_NODES)
    counts = tuples[COUNT].to_numpy().astype(np.int64)
    columns = tuple(
        coded_column(
            tuples[name] if population is None else pl.concat([tuples[name], population[name]]),
            hierarchy,
        )
        for name, hierarchy in hierarchies.items()
    )
    node_table = np.array(
        list(product(*(range(column.levels) for column in columns))), dtype=np.int16
    )
    costs = np.zeros(len(node_table), dtype=np.float64)
    for position, column in enumerate(columns):
        by_level = np.array(
            [_mean_loss(column, level, counts) for level in range(column.levels)], dtype=np.float64
        )
        costs += by_level[node_table[:, position]]
    costs /= len(columns)
    order = np.argsort(costs, kind="stable")
    persons = np.zeros(0, dtype=np.int64)
    if population is not None:
        persons = population[COUNT].to_numpy().astype(np.int64)
    return Lattice(columns, counts, persons, node_table[order], costs[order])


def _mean_loss(column: CodedColumn, level: int, counts: Integers) -> float:
    codes = column.codes[level, : len(counts)]
    rows = np.bincount(codes, weights=counts, minlength=len(column.labels))
    return float((rows * column.losses).sum() / rows.sum())


def coded_column(values: pl.Series, hierarchy: Hierarchy) -> CodedColumn:
    """Code the labels of some tuples' values, given as text, at each level of a hierarchy."""
    # A value that the hierarchy does not name is shown at no level: it fails closed.
    unknown = (ANYTHING,) * hierarchy.levels
    rows: list[tuple[str | None, ...]] = [*hierarchy.rows, (None, *unknown[1:]), unknown]
    labels: dict[str | None, int] = {}
    label_codes = np.array(
        [
            [labels.setdefault(row[level], len(labels)) for row in rows]
            for level in range(hierarchy.finest, len(unknown))
        ],
        dtype=np.int64,
    )
    known = hierarchy.losses
    losses = [0.0 if label is None else known.get(label, 1.0) for label in labels]
    places = (
        values.replace_strict(
            pl.Series([row[0] for row in hierarchy.rows], dtype=pl.String),
            pl.Series(range(len(hierarchy.rows)), dtype=pl.Int64),
            default=len(rows) - 1,
            return_dtype=pl.Int64,
        )
        .to_frame("place")
        .select(pl.when(values.is_null()).then(len(rows) - 2).otherwise("place"))
        .to_series()
        .to_numpy()
    )
    return CodedColumn(
        hierarchy.column,
        pl.Series(list(labels), dtype=pl.String),
        np.array(losses, dtype=np.float64),
        label_codes[:, places],
    )
