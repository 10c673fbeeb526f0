"""Distinct tuples of quasi-identifiers, coded for a search over generalization levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.errors import DesensitizeError
from desensitize.privacy.hierarchy import ANYTHING, Hierarchy

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

COUNT = " count "
MOST_NODES = 500_000
LARGEST_KEY = 2**62


@dataclass(frozen=True)
class CodedColumn:
    """Hold one column of the distinct tuples: a label code and a loss for each tuple and level."""

    name: str
    labels: tuple[str | None, ...]
    codes: Integers
    losses: Floats

    @property
    def levels(self) -> int:
        """Count the levels."""
        return int(self.codes.shape[0])


@dataclass(frozen=True)
class Lattice:
    """Hold the distinct tuples with their counts; a node names one level for each column."""

    columns: tuple[CodedColumn, ...]
    counts: Integers
    nodes: NDArray[np.int16]
    costs: Floats

    @property
    def rows(self) -> int:
        """Count the rows of the table."""
        return int(self.counts.sum())

    def grouped(self, node: int, tuples: Integers) -> tuple[Integers, Integers]:
        """Answer for some tuples the class of each at a node, and the rows of each class."""
        key = np.zeros(len(tuples), dtype=np.int64)
        span = 1
        for column, level in zip(self.columns, self.nodes[node], strict=True):
            size = len(column.labels)
            if span * size > LARGEST_KEY:
                key = np.unique(key, return_inverse=True)[1].astype(np.int64)
                span = len(tuples)
            key = key * size + column.codes[level, tuples]
            span *= size
        _, classes = np.unique(key, return_inverse=True)
        # Exact: sums of counts stay far below 2^53.
        sizes = np.bincount(classes, weights=self.counts[tuples]).astype(np.int64)
        return classes.astype(np.int64), sizes

    def losses(self, node: int, tuples: Integers) -> Floats:
        """Answer for some tuples the loss of one row at a node, the mean over its columns."""
        total = np.zeros(len(tuples), dtype=np.float64)
        for column, level in zip(self.columns, self.nodes[node], strict=True):
            total += column.losses[level, tuples]
        return total / len(self.columns)


def build_lattice(tuples: pl.DataFrame, hierarchies: Mapping[str, Hierarchy]) -> Lattice:
    """Code the distinct tuples (text columns and a count) by their hierarchies.

    Raises:
        DesensitizeError: `search_too_large`.
    """
    counts = tuples[COUNT].to_numpy().astype(np.int64)
    columns = tuple(_coded(tuples[name], hierarchies[name]) for name in hierarchies)
    nodes = 1
    for column in columns:
        nodes *= column.levels
    if nodes > MOST_NODES:
        raise DesensitizeError("search_too_large", nodes=nodes, limit=MOST_NODES)
    node_table = np.array(
        list(product(*(range(column.levels) for column in columns))), dtype=np.int16
    )
    costs = np.zeros(len(node_table), dtype=np.float64)
    for position, column in enumerate(columns):
        by_level = np.average(column.losses, axis=1, weights=counts)
        costs += by_level[node_table[:, position]]
    costs /= len(columns)
    order = np.argsort(costs, kind="stable")
    return Lattice(columns, counts, node_table[order], costs[order])


def _coded(values: pl.Series, hierarchy: Hierarchy) -> CodedColumn:
    rows: dict[str | None, Sequence[str | None]] = {row[0]: row for row in hierarchy.rows}
    unknown = (ANYTHING,) * hierarchy.levels
    empty = (None, *unknown[1:])
    leaves = len(hierarchy.rows)
    under = [_counted(hierarchy, level) for level in range(hierarchy.levels)]
    codes: dict[str | None, int] = {}
    distinct = values.unique(maintain_order=True).to_list()
    place = {value: position for position, value in enumerate(distinct)}
    label_codes = np.empty((hierarchy.levels, len(distinct)), dtype=np.int64)
    label_losses = np.empty((hierarchy.levels, len(distinct)), dtype=np.float64)
    for position, value in enumerate(distinct):
        # A value that the hierarchy does not name is shown at no level: it fails closed.
        row = empty if value is None else rows.get(value, unknown)
        for level, label in enumerate(row):
            label_codes[level, position] = codes.setdefault(label, len(codes))
            if value in rows:
                covered = under[level][str(label)]
                label_losses[level, position] = (covered - 1) / (leaves - 1) if leaves > 1 else 0.0
            else:
                label_losses[level, position] = float(label is not None)
    index = np.array([place[value] for value in values.to_list()], dtype=np.int64)
    return CodedColumn(
        hierarchy.column, tuple(codes), label_codes[:, index], label_losses[:, index]
    )


def _counted(hierarchy: Hierarchy, level: int) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in hierarchy.rows:
        counted[row[level]] = counted.get(row[level], 0) + 1
    return counted
