"""Measure how much the ties between columns have changed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

MOST_COLUMNS = 20
MOST_CATEGORIES = 60
DIGITS = 9


@dataclass(frozen=True)
class AssociationChange:
    """Hold the tie between two columns before and after.

    `measure` is `pearson` (from −1 to 1) for two columns of numbers, else `cramers_v` (from 0 to
    1; Cramér, 1946, section 21.9).
    """

    first: str
    second: str
    measure: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """Return the size of the change."""
        return abs(self.after - self.before)

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain values."""
        return asdict(self) | {"change": self.change}


def association_changes(
    before: pl.LazyFrame, after: pl.LazyFrame, columns: Sequence[str]
) -> tuple[AssociationChange, ...]:
    """Compare the ties between columns that both tables have, the greatest change first.

    Of many columns the first 20 are compared; a pair is left out where either table gives no tie:
    a column that never changes, or texts of more than 60 kinds.
    """
    numbers = [_numeric(before, columns), _numeric(after, columns)]
    few = [_few(table, columns) for table in (before, after)]
    changes = []
    for first, second in combinations(columns[:MOST_COLUMNS], 2):
        pair = {first, second}
        if all(pair <= each for each in numbers):
            measure, values = (
                "pearson",
                [_pearson(table, first, second) for table in (before, after)],
            )
        elif all(pair <= each for each in few):
            measure, values = (
                "cramers_v",
                [_cramer(table, first, second) for table in (before, after)],
            )
        else:
            continue
        then, now = values
        if then is not None and now is not None:
            changes.append(AssociationChange(first, second, measure, then, now))
    return tuple(sorted(changes, key=lambda one: (-one.change, one.first, one.second)))


def _numeric(table: pl.LazyFrame, columns: Sequence[str]) -> set[str]:
    schema = table.collect_schema()
    return {name for name in columns if schema[name].is_numeric()}


def _few(table: pl.LazyFrame, columns: Sequence[str]) -> set[str]:
    counts = table.select(
        pl.col(name).cast(pl.String).approx_n_unique() for name in columns
    ).collect(engine="streaming")
    return {name for name in columns if counts[name].item() <= MOST_CATEGORIES}


def _pearson(table: pl.LazyFrame, first: str, second: str) -> float | None:
    x, y = (pl.col(name).cast(pl.Float64) for name in (first, second))
    found = (
        table.select(x.alias("x"), y.alias("y"))
        .drop_nulls()
        .select(pl.corr("x", "y"))
        .collect(engine="streaming")
        .item()
    )
    # The engine adds up in any order, which moves the last digits.
    return round(float(found), DIGITS) if found is not None and np.isfinite(found) else None


def _cramer(table: pl.LazyFrame, first: str, second: str) -> float | None:
    cells = (
        table.group_by(
            pl.col(first).cast(pl.String).alias("x"), pl.col(second).cast(pl.String).alias("y")
        )
        .agg(pl.len().cast(pl.Int64).alias("n"))
        .collect(engine="streaming")
    )
    rows, columns = (cells[name].rank("dense").fill_null(0).to_numpy() for name in ("x", "y"))
    counts = cells["n"].to_numpy().astype(np.float64)
    _, row = np.unique(rows, return_inverse=True)
    _, column = np.unique(columns, return_inverse=True)
    matrix = np.zeros((row.max(initial=0) + 1, column.max(initial=0) + 1))
    matrix[row, column] = counts
    smaller = min(matrix.shape) - 1
    total = matrix.sum()
    if not smaller or not total:
        return None
    expected = matrix.sum(axis=1, keepdims=True) * matrix.sum(axis=0, keepdims=True) / total
    chi_squared = float(((matrix - expected) ** 2 / expected).sum())
    return float(np.sqrt(min(1.0, chi_squared / total / smaller)))
