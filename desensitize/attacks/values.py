"""The different values of a column, and which of them each row holds."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.errors import TableError

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]
Rows = Integers | Codes
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

PLACE, COUNT, VALUE = " place ", " count ", " value "
LARGEST_NUMBER = 2.0**53
"""Above it floats no longer hold every whole number: longer runs of digits are texts alone."""


@dataclass(frozen=True)
class Values:
    """Hold the different values of a column as text, null among them if it occurs.

    `codes` says for each row which value it holds, `counts` how many rows hold each value.
    """

    column: str
    texts: pl.Series
    codes: Codes
    counts: Integers
    dtype: pl.DataType

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    def numbers(self) -> Floats:
        """Return the values as numbers; NaN where a value is none, or too long to be exact."""
        if self.dtype == pl.Date or isinstance(self.dtype, pl.Datetime):
            return np.full(len(self.texts), np.nan)
        read = self.texts.str.strip_chars().cast(pl.Float64, strict=False)
        numbers = read.fill_null(np.nan).to_numpy().astype(np.float64)
        return np.where(np.abs(numbers) < LARGEST_NUMBER, numbers, np.nan)


def encode(values: pl.Series) -> Values:
    """Number the different values of a column."""
    rows = values.alias(VALUE).to_frame()
    different = rows.group_by(VALUE, maintain_order=True).agg(pl.len().alias(COUNT))
    numbered = different.select(VALUE).with_row_index(PLACE)
    joined = rows.join(numbered, on=VALUE, how="left", nulls_equal=True, maintain_order="left")
    return Values(
        column=values.name,
        texts=different[VALUE].cast(pl.String).alias(values.name),
        codes=joined[PLACE].to_numpy().astype(np.int32),
        counts=different[COUNT].to_numpy().astype(np.int64),
        dtype=values.dtype,
    )


def column_names(path: Path) -> list[str]:
    """Name the columns of a Parquet file.

    Raises:
        TableError: `unreadable_table`.
    """
    try:
        return pl.scan_parquet(path).collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error


def encode_column(path: Path, column: str) -> Values:
    """Number the different values of a column of a Parquet file.

    Raises:
        TableError: `unreadable_table`.
    """
    try:
        return encode(pl.scan_parquet(path).select(column).collect().to_series())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error


def encode_bounds(path: Path, column: str, low: str, high: str) -> Values:
    """Number the different intervals of two columns that hold where each begins and ends.

    Raises:
        TableError: `unreadable_table`.
    """
    start, end = pl.col(low).cast(pl.String), pl.col(high).cast(pl.String)
    text = (
        pl.when(start.is_null() & end.is_null())
        .then(pl.lit("*"))
        .when(start.is_null())
        .then(pl.lit("≤ ") + end)
        .when(end.is_null())
        .then(pl.lit("≥ ") + start)
        .otherwise(pl.lit("[") + start + pl.lit(", ") + end + pl.lit("]"))
    )
    try:
        series = pl.scan_parquet(path).select(text.alias(column)).collect().to_series()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error
    return encode(series)
