"""Make many columns coarser cell by cell, until rows that look alike in all of them are many."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isqrt

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.anonymization import Anonymization, labelled, uncovered_rows
from desensitize.privacy.cells import build_cells
from desensitize.privacy.crowds import form_crowds
from desensitize.privacy.demand import Demand
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.lattice import COUNT, CodedColumn, Integers, coded_column
from desensitize.privacy.models import Requirements
from desensitize.privacy.space import Space
from desensitize.privacy.tuples import CountedTuples

MOST_HIDDEN = 0.9
"""A column of which a larger share of the cells would have to go says nothing in any row."""


def roomy_class(rows: int, smallest: int) -> int:
    """Return how many rows a class by the quasi-identifiers needs, so that it has room for crowds.

    As many crowds in a class as there are classes: what is told is shared out between the
    quasi-identifiers and the other columns.
    """
    return smallest * max(1, isqrt(rows // smallest))


def coarsen_cells(
    counted: CountedTuples,
    found: Anonymization | None,
    hierarchies: Mapping[str, Hierarchy],
    *,
    asked: Requirements,
) -> Anonymization:
    """Label further columns such that rows which look alike in all columns reach what is asked.

    `counted` has the quasi-identifiers that `found` has labelled, and the further columns, whose
    hierarchies these are. Within the classes that were found, rows that are near each other form
    *crowds*, each with at least two values of every sensitive column that is looked at, and as
    diverse and as close to the whole as asked. A cell
    shows the finest label that is true of its whole crowd: so whatever a reader makes of the cells
    that are shown, it is the same for all rows of a crowd, and nothing that is hidden in one of
    them follows from the rest of its row. A column of which more than MOST_HIDDEN of the cells
    would be “*” is “*” everywhere, which leaves more to the others; `hidden` names these.

    Raises:
        DesensitizeError: `out-of-reach`, where not even the whole table reaches it.
    """
    names = [name for name in counted.tuples.columns if name != COUNT]
    tuples = counted.tuples.sort(names)
    tuples = _with_classes(tuples, found)
    plain = tuples.select(*names, COUNT)
    weights = plain[COUNT].to_numpy().astype(np.int64)
    columns = [coded_column(plain[name], one) for name, one in hierarchies.items()]
    demand = _demand(plain, counted, weights, asked)
    levels, crowds = _levels(columns, demand, tuples[CLASS].to_numpy().astype(np.int64))
    every = np.arange(len(crowds))
    if not demand.hold(crowds, every, int(crowds.max(initial=0)) + 1).all():
        raise DesensitizeError("out-of-reach", smallest_class=asked.smallest_class)
    hidden = tuple(
        column.name
        for column, level in zip(columns, levels, strict=True)
        if _all_top(column, level)
    )
    labels = [
        column.labels.gather(column.codes[level, np.arange(len(level))]).alias(
            labelled(column.name)
        )
        for column, level in zip(columns, levels, strict=True)
    ]
    mapping = tuples.drop(CLASS, COUNT).with_columns(labels)
    sizes = np.bincount(crowds, weights=weights)
    rows = int(counted.tuples[COUNT].sum())
    return replace(
        found or _nothing(rows),
        mapping=mapping,
        rows=rows,
        classes=len(sizes),
        smallest_class=int(sizes.min()),
        loss=_loss(columns, levels, weights, rows, found, len(names)),
        levels={
            **(found.levels if found else {}),
            **_counts(columns, levels, weights, hierarchies),
        },
        uncovered={**(found.uncovered if found else {}), **uncovered_rows(plain, hierarchies)},
        hidden=hidden,
    )


CLASS = " class "


def _with_classes(tuples: pl.DataFrame, found: Anonymization | None) -> pl.DataFrame:
    """Add the labels of the quasi-identifiers and the number of each tuple's class.

    What was suppressed is left out.
    """
    if found is None:
        return tuples.with_columns(pl.lit(0, dtype=pl.UInt32).alias(CLASS))
    quasi = [name for name in found.mapping.columns if not name.startswith(" label ")]
    labels = [labelled(name) for name in quasi]
    classes = found.mapping.select(labels).unique().sort(labels).with_row_index(CLASS)
    numbered = found.mapping.join(classes, on=labels, nulls_equal=True)
    return tuples.join(numbered, on=quasi, how="inner", nulls_equal=True, maintain_order="left")


def _demand(
    plain: pl.DataFrame, counted: CountedTuples, weights: Integers, asked: Requirements
) -> Demand:
    lowest = np.zeros((len(counted.cells), len(weights)), dtype=np.int64)
    highest = np.zeros_like(lowest)
    every = np.ones(len(weights), dtype=bool)
    cells, whole = {}, {}
    for place, (name, one) in enumerate(counted.cells.items()):
        is_ordered = name in asked.closeness and asked.closeness[name].kind == "ordered"
        cells[name] = found = build_cells(plain, one, name, ordered=is_ordered)
        whole[name] = found.shares(every)
        lowest[place] = np.minimum.reduceat(found.values, found.starts[:-1])
        highest[place] = np.maximum.reduceat(found.values, found.starts[:-1])
    return Demand(weights, asked, lowest, highest, np.arange(len(weights)), cells, whole)


def _levels(
    columns: Sequence[CodedColumn], demand: Demand, classes: Integers
) -> tuple[list[Integers], Integers]:
    """Return for each column and tuple the level to show, and the crowd of each tuple."""
    shown = [True] * len(columns)
    while True:
        there = [column for column, one in zip(columns, shown, strict=True) if one]
        crowds = form_crowds(Space(there, demand.weights), demand, classes)
        levels = [
            _common(column, crowds) if one else np.full(len(crowds), column.levels - 1)
            for column, one in zip(columns, shown, strict=True)
        ]
        gone = [
            one and _hidden_share(column, level, demand.weights) > MOST_HIDDEN
            for column, level, one in zip(columns, levels, shown, strict=True)
        ]
        if not any(gone):
            return levels, crowds
        shown = [one and not two for one, two in zip(shown, gone, strict=True)]


def _common(column: CodedColumn, crowds: Integers) -> Integers:
    """Return the finest level at which all tuples of a crowd have one label."""
    order = np.argsort(crowds, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(crowds[order]) != 0])
    found = np.full(len(starts), column.levels - 1, dtype=np.int64)
    for level in range(column.levels - 2, -1, -1):
        codes = column.codes[level][order]
        same = np.minimum.reduceat(codes, starts) == np.maximum.reduceat(codes, starts)
        found[same] = level
    numbers = crowds[order][starts]
    by_crowd = np.zeros(int(crowds.max()) + 1, dtype=np.int64)
    by_crowd[numbers] = found
    levels: Integers = by_crowd[crowds]
    return levels


def _hidden_share(column: CodedColumn, levels: Integers, weights: Integers) -> float:
    return float(weights[levels == column.levels - 1].sum() / weights.sum())


def _all_top(column: CodedColumn, levels: Integers) -> bool:
    return bool((levels == column.levels - 1).all())


def _losses(column: CodedColumn, levels: Integers, weights: Integers) -> float:
    codes = column.codes[levels, np.arange(len(levels))]
    rows = np.bincount(codes, weights=weights, minlength=len(column.labels))
    return float((rows * column.losses).sum())


def _loss(
    columns: Sequence[CodedColumn],
    levels: Sequence[Integers],
    weights: Integers,
    rows: int,
    found: Anonymization | None,
    count: int,
) -> float:
    """Return the loss over all columns; a row that is left out counts 1 in each."""
    left_out = rows - int(weights.sum())
    lost = sum(
        _losses(column, level, weights) + left_out
        for column, level in zip(columns, levels, strict=True)
    )
    before = (found.loss if found else 0.0) * (count - len(columns))
    return (before + lost / rows) / count


def _counts(
    columns: Sequence[CodedColumn],
    levels: Sequence[Integers],
    weights: Integers,
    hierarchies: Mapping[str, Hierarchy],
) -> dict[str, dict[int, int]]:
    counts = {}
    for column, level in zip(columns, levels, strict=True):
        used = np.bincount(level, weights=weights, minlength=column.levels)
        finest = hierarchies[column.name].finest
        counts[column.name] = {each: int(number) for each, number in enumerate(used, start=finest)}
    return counts


def _nothing(rows: int) -> Anonymization:
    """Return what a search finds that is asked for no quasi-identifier."""
    return Anonymization(pl.DataFrame(), "sweep", rows, 0, 1, rows, 0.0, {}, {})
