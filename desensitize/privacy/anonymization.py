"""Generalize quasi-identifiers until every class is large enough."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError, nearest
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.lattice import COUNT, Integers, Lattice, build_lattice
from desensitize.privacy.optimum import optimum
from desensitize.privacy.sweep import SUPPRESSED, sweep

METHODS = ("sweep", "global")


@dataclass(frozen=True)
class Anonymization:
    """Hold what the search found.

    `mapping` has one row a published tuple: the original values as text under their column's
    name, and their labels under `labelled(column)`. Tuples that are not there are suppressed.
    `loss` is the mean over rows and columns of (leaves under the label − 1) / (leaves − 1), a
    suppressed row counting 1. `levels` counts for each column the rows published at each level,
    `uncovered` the published rows whose value the hierarchy does not name and that show “*”.
    """

    mapping: pl.DataFrame
    method: str
    rows: int
    suppressed_rows: int
    classes: int
    smallest_class: int
    loss: float
    levels: dict[str, dict[int, int]]
    uncovered: dict[str, int]


def labelled(column: str) -> str:
    """Name the column of labels; no column of a table can have this name."""
    return f" label {column}"


def distinct_tuples(table: pl.LazyFrame, columns: list[str]) -> pl.DataFrame:
    """Count the distinct tuples of some columns, as text, in a fixed order."""
    return (
        table.select(pl.col(name).cast(pl.String) for name in columns)
        .group_by(columns)
        .agg(pl.len().cast(pl.Int64).alias(COUNT))
        .sort(columns)
        .collect(engine="streaming")
    )


def anonymize_table(
    table: pl.LazyFrame,
    hierarchies: Mapping[str, Hierarchy],
    *,
    smallest_class: int,
    suppression_limit: float = 1.0,
    method: str = "sweep",
) -> Anonymization:
    """Find labels for the quasi-identifiers such that each class has `smallest_class` rows.

    Raises:
        DesensitizeError: `no_quasi_identifiers`, `unknown_method`, `search_too_large`,
            `suppression_exceeded` or `no_rows_left`.
    """
    if not hierarchies:
        raise DesensitizeError("no_quasi_identifiers")
    return anonymize_tuples(
        distinct_tuples(table, list(hierarchies)),
        hierarchies,
        smallest_class=smallest_class,
        suppression_limit=suppression_limit,
        method=method,
    )


def anonymize_tuples(
    tuples: pl.DataFrame,
    hierarchies: Mapping[str, Hierarchy],
    *,
    smallest_class: int,
    suppression_limit: float = 1.0,
    method: str = "sweep",
) -> Anonymization:
    """Do what `anonymize_table` does, on tuples that `distinct_tuples` has counted.

    Raises:
        DesensitizeError: as `anonymize_table`.
    """
    if method not in METHODS:
        raise DesensitizeError("unknown_method", name=method, nearest=nearest(method, METHODS))
    if not tuples.height or int(tuples[COUNT].sum()) < smallest_class:
        raise DesensitizeError("no_rows_left", smallest_class=smallest_class)
    lattice = build_lattice(tuples, hierarchies)
    chosen = (
        sweep(lattice, smallest_class)
        if method == "sweep"
        else optimum(lattice, smallest_class, suppression_limit)
    )
    if chosen is None:
        # Even “*” everywhere is a node, so only the limit can have refused them all.
        raise DesensitizeError("no_rows_left", smallest_class=smallest_class)
    suppressed = int(lattice.counts[chosen == SUPPRESSED].sum())
    if suppressed == lattice.rows:
        raise DesensitizeError("no_rows_left", smallest_class=smallest_class)
    if suppressed > suppression_limit * lattice.rows:
        raise DesensitizeError(
            "suppression_exceeded",
            smallest_class=smallest_class,
            suppressed=suppressed,
            rows=lattice.rows,
        )
    return _published(tuples, lattice, chosen, method, hierarchies)


def _published(
    tuples: pl.DataFrame,
    lattice: Lattice,
    chosen: Integers,
    method: str,
    hierarchies: Mapping[str, Hierarchy],
) -> Anonymization:
    kept = np.flatnonzero(chosen != SUPPRESSED)
    mapping = tuples[kept]
    levels: dict[str, dict[int, int]] = {}
    total = np.zeros(len(kept), dtype=np.float64)
    for position, column in enumerate(lattice.columns):
        level = lattice.nodes[chosen[kept], position].astype(np.int64)
        labels = pl.Series(column.labels, dtype=pl.String)
        mapping = mapping.with_columns(
            labels.gather(column.codes[level, kept]).alias(labelled(column.name))
        )
        total += column.losses[level, kept]
        used = np.bincount(level, weights=lattice.counts[kept], minlength=column.levels)
        levels[column.name] = {each: int(rows) for each, rows in enumerate(used)}
    suppressed = lattice.rows - int(lattice.counts[kept].sum())
    lost = float((total / len(lattice.columns) * lattice.counts[kept]).sum())
    sizes = mapping.group_by([labelled(column.name) for column in lattice.columns]).agg(
        pl.col(COUNT).sum()
    )[COUNT]
    return Anonymization(
        mapping=mapping.drop(COUNT),
        method=method,
        rows=lattice.rows,
        suppressed_rows=suppressed,
        classes=len(sizes),
        smallest_class=int(sizes.to_numpy().min()),
        loss=(lost + suppressed) / lattice.rows,
        levels=levels,
        uncovered=_uncovered(mapping, hierarchies),
    )


def _uncovered(mapping: pl.DataFrame, hierarchies: Mapping[str, Hierarchy]) -> dict[str, int]:
    uncovered: dict[str, int] = {}
    for name, hierarchy in hierarchies.items():
        known = pl.Series([row[0] for row in hierarchy.rows], dtype=pl.String)
        foreign = mapping.filter(pl.col(name).is_not_null() & ~pl.col(name).is_in(known.implode()))
        if foreign.height:
            uncovered[name] = int(foreign[COUNT].sum())
    return uncovered
