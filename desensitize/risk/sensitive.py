"""Measure what the classes of a file tell about a sensitive column."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.cells import ClassCells, ordered_values
from desensitize.privacy.lattice import Floats, Integers
from desensitize.privacy.predicates import equal_distances, ordered_distances

# Names that no column of a table can have, since column names are stripped of blanks.
COUNT = " count "
PRIVATE = " private "
PLACE = " place "


@dataclass(frozen=True)
class SensitiveFigures:
    """Hold the worst class of each kind, and what can be guessed on the whole.

    `different` is l, the fewest different values in a class, `l_entropy` is e to the least entropy.
    `t` is the greatest distance of a class from the whole file, all different values equally far;
    `t_ordered` that of values in a row, None where they have no order. `disclosed_rows` lie in
    classes with one value only: who finds the class knows it. `best_guess` is the share of rows
    guessed right by the commonest value of each class, `blind_guess` by that of the whole file.
    """

    different: int
    l_entropy: float
    t: float
    t_ordered: float | None
    disclosed_rows: int
    best_guess: float
    blind_guess: float

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        plain = asdict(self)
        return {"l": plain.pop("different")} | plain


def measure_sensitive(
    table: pl.LazyFrame, keys: Sequence[str], column: str
) -> tuple[SensitiveFigures, Integers]:
    """Measure one column within the classes of rows alike in `keys`; null is a value.

    The rows of each class come along, since they are known then.
    """
    found, whole, is_ordered = class_cells(table, keys, column)
    return _figures(found, whole, is_ordered), found.sizes


def _figures(found: ClassCells, whole: Floats, is_ordered: bool) -> SensitiveFigures:
    if not len(found.sizes):
        return SensitiveFigures(0, 0.0, 0.0, 0.0 if is_ordered else None, 0, 0.0, 0.0)
    count = len(found.sizes)
    different = np.bincount(found.classes, minlength=count)
    shares = found.shares
    entropies = np.bincount(found.classes, weights=-shares * np.log(shares), minlength=count)
    commonest = np.zeros(count, dtype=np.int64)
    np.maximum.at(commonest, found.classes, found.rows)
    rows = int(found.sizes.sum())
    ordered = float(ordered_distances(found, whole).max()) if is_ordered else None
    return SensitiveFigures(
        different=int(different.min()),
        l_entropy=float(np.exp(entropies.min())),
        # Rounding may take a distance of nothing a little below it.
        t=max(0.0, float(equal_distances(found, whole).max())),
        t_ordered=ordered if ordered is None else max(0.0, ordered),
        disclosed_rows=int(found.sizes[different == 1].sum()),
        best_guess=int(commonest.sum()) / rows,
        blind_guess=float(whole.max()),
    )


def class_cells(
    table: pl.LazyFrame, keys: Sequence[str], column: str
) -> tuple[ClassCells, Floats, bool]:
    """Count each value in each class; also the shares in the whole, and whether values are ordered.

    The table is read once, out of core; from there on memory follows the different pairs of class
    and value.
    """
    names = [name for name in dict.fromkeys(keys) if name != column]
    counted = (
        table.select(*names, pl.col(column).cast(pl.String).alias(PRIVATE))
        .group_by([*names, PRIVATE])
        .agg(pl.len().cast(pl.Int64).alias(COUNT))
        .collect(engine="streaming")
    )
    try:
        values, is_ordered = ordered_values(counted[PRIVATE], column, must=True), True
    except DesensitizeError:
        values, is_ordered = ordered_values(counted[PRIVATE], column, must=False), False
    places = pl.DataFrame(
        {PRIVATE: values, PLACE: range(len(values))}, schema_overrides={PLACE: pl.Int64}
    )
    placed = counted.join(places, on=PRIVATE, how="left", nulls_equal=True)
    listed = [pl.col(PLACE).sort(), pl.col(COUNT).sort_by(PLACE)]
    classes = (
        placed.group_by(names).agg(listed)
        if names
        else placed.select(each.implode() for each in listed)
    )
    if not counted.height:
        classes = classes.clear()
    lengths = classes[PLACE].list.len().to_numpy()
    rows = classes[COUNT].explode().to_numpy().astype(np.int64)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    numbers = classes[PLACE].explode().to_numpy().astype(np.int64)
    sizes = np.bincount(owners, weights=rows, minlength=len(lengths)).astype(np.int64)
    whole = np.bincount(numbers, weights=rows, minlength=len(values)).astype(np.float64)
    return (
        ClassCells(owners, numbers, rows, sizes),
        whole / max(1.0, float(whole.sum())),
        is_ordered,
    )
