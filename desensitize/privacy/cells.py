"""How often each sensitive value stands in each distinct tuple, and in each class of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.lattice import COUNT, Booleans, Floats, Integers

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$"
PLACE = " tuple "
DENSE = 2_000_000
FEW_VALUES = 8
"""Columns of so few values have a count for each tuple and value."""


@dataclass(frozen=True)
class ClassCells:
    """Hold the rows of each (class, value) that occurs, by class and then by value."""

    classes: Integers
    values: Integers
    rows: Integers
    sizes: Integers

    @property
    def shares(self) -> Floats:
        """Return the share of its class that each cell has."""
        answer: Floats = self.rows / self.sizes[self.classes]
        return answer


@dataclass(frozen=True)
class Cells:
    """Hold the sensitive values of each tuple: those of tuple i from `starts[i]` on.

    Values are numbered in their order, null first.
    """

    starts: Integers
    values: Integers
    rows: Integers
    different: int

    def of_classes(self, classes: Integers, tuples: Integers, count: int) -> ClassCells:
        """Add up the cells of tuples that belong to `count` classes."""
        if self.different <= FEW_VALUES:
            return self._of_few_values(classes, tuples, count)
        lengths = self.starts[tuples + 1] - self.starts[tuples]
        ends = np.cumsum(lengths)
        places = np.repeat(self.starts[tuples] - (ends - lengths), lengths) + np.arange(
            ends[-1] if len(ends) else 0
        )
        keys = np.repeat(classes, lengths) * self.different + self.values[places]
        if count * self.different <= max(DENSE, 4 * len(keys)):
            dense = np.bincount(keys, weights=self.rows[places], minlength=1)
            found = np.flatnonzero(dense)
            rows = dense[found].astype(np.int64)
        else:
            found, inverse = np.unique(keys, return_inverse=True)
            rows = np.bincount(inverse, weights=self.rows[places]).astype(np.int64)
        owners = found // self.different
        sizes = np.bincount(owners, weights=rows, minlength=count).astype(np.int64)
        return ClassCells(owners, found % self.different, rows, sizes)

    def _of_few_values(self, classes: Integers, tuples: Integers, count: int) -> ClassCells:
        rows = np.empty((count, self.different), dtype=np.int64)
        for value, column in enumerate(self._counted):
            # Exact: sums of counts stay far below 2^53.
            rows[:, value] = np.bincount(classes, weights=column.take(tuples), minlength=count)
        owners, values = np.divmod(np.flatnonzero(rows), self.different)
        return ClassCells(owners, values, rows[owners, values], rows.sum(axis=1))

    @cached_property
    def _counted(self) -> Floats:
        """Count the rows of each value (first axis) in each tuple."""
        counted = np.zeros((self.different, len(self.starts) - 1), dtype=np.float64)
        tuples = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        counted[self.values, tuples] = self.rows
        return counted

    def shares(self, kept: Booleans) -> Floats:
        """Return the share of each value among the rows of some tuples."""
        lengths = self.starts[1:] - self.starts[:-1]
        weights = np.where(np.repeat(kept, lengths), self.rows, 0)
        found: Floats = np.bincount(self.values, weights=weights, minlength=self.different).astype(
            np.float64
        )
        return found / max(1.0, float(found.sum()))


def build_cells(tuples: pl.DataFrame, counted: pl.DataFrame, column: str, ordered: bool) -> Cells:
    """Join counted (tuple, sensitive value) pairs to the tuples.

    Raises:
        DesensitizeError: `unordered-column` where an order is needed that the values lack.
    """
    names = [name for name in tuples.columns if name != COUNT]
    values = ordered_values(counted[column], column, must=ordered)
    numbers = pl.DataFrame({column: values, " value ": range(len(values))})
    joined = (
        counted.join(
            tuples.select(names).with_row_index(PLACE), on=names, how="inner", nulls_equal=True
        )
        .join(numbers, on=column, how="left", nulls_equal=True)
        .select(pl.col(PLACE).cast(pl.Int64), pl.col(" value ").cast(pl.Int64), COUNT)
        .sort(PLACE, " value ")
    )
    lengths = np.bincount(joined[PLACE].to_numpy(), minlength=tuples.height)
    return Cells(
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        values=joined[" value "].to_numpy().astype(np.int64),
        rows=joined[COUNT].to_numpy().astype(np.int64),
        different=len(values),
    )


def ordered_values(values: pl.Series, column: str, *, must: bool) -> pl.Series:
    """Return the different values in their order: null, then numbers or dates, else as text.

    Raises:
        DesensitizeError: `unordered-column` where `must` and the values are no numbers or dates.
    """
    different = values.unique()
    present = different.drop_nulls()
    numbers = present.cast(pl.Float64, strict=False)
    frame = pl.DataFrame({"text": present, "number": numbers})
    if not numbers.null_count():
        present = frame.sort("number", "text")["text"]
    else:
        if must and not bool(present.str.contains(DATE).all()):
            raise DesensitizeError("unordered-column", column=column)
        present = present.sort()
    nulls = pl.Series([None], dtype=pl.String) if different.null_count() else present.clear()
    return nulls.append(present).rename(column)
