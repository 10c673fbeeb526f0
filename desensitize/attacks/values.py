"""The different values of a column, and which of them each row holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from desensitize.attacks.codes import encoded
from desensitize.errors import TableError

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]
Rows = Integers | Codes
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

LARGEST_NUMBER = 2.0**53
"""Above it floats no longer hold every whole number: longer runs of digits are texts alone."""


@dataclass(frozen=True)
class Values:
    """Hold the different values of a column, null among them if it occurs.

    `codes` says for each row which value it holds, `counts` how many rows hold each value. `read`
    returns the values as text, from memory or from where they stand.
    """

    column: str
    codes: Codes
    counts: Integers
    dtype: pl.DataType
    read: Callable[[], pl.Series]

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    @property
    def different(self) -> int:
        """Return the number of different values."""
        return len(self.counts)

    @property
    def texts(self) -> pl.Series:
        """Return the different values as text.

        Raises:
            TableError: `unreadable-table`, where they stand in a file.
        """
        return self.read()

    def numbers(self) -> Floats:
        """Return the values as numbers; NaN where a value is none, or too long to be exact."""
        if self.dtype == pl.Date or isinstance(self.dtype, pl.Datetime):
            return np.full(self.different, np.nan)
        texts = self.texts
        # Without need, stripping a million long texts takes as much memory again.
        if texts.str.contains(r"^\s|\s$").any():
            texts = texts.str.strip_chars()
        read = texts.cast(pl.Float64, strict=False)
        numbers = read.fill_null(np.nan).to_numpy().astype(np.float64)
        return np.where(np.abs(numbers) < LARGEST_NUMBER, numbers, np.nan)


def encode(values: pl.Series) -> Values:
    """Number the different values of a column, as they come."""
    dtype = values.dtype
    # Arrow numbers no such values, but polars can write each as a text.
    is_strange = dtype.is_nested() or dtype in (pl.Int128, pl.UInt128)
    codes = encoded(values.cast(pl.String) if is_strange else values)[0]
    texts = _texts(values, codes)
    return Values(
        column=values.name,
        codes=codes,
        counts=np.bincount(codes).astype(np.int64),
        dtype=dtype,
        read=lambda: texts,
    )


def _texts(values: pl.Series, codes: Codes) -> pl.Series:
    """Return the different values of a column as text, by its numbered cells."""
    # Values are numbered as they come: each stands first where a number is higher than any before.
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    return values.gather(first).cast(pl.String)


def column_names(path: Path) -> list[str]:
    """Name the columns of a Parquet file.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        return pl.scan_parquet(path).collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def encode_column(path: Path, column: str) -> Values:
    """Number the different values of a column of a Parquet file.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        return encode(_cells(path, column))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def encode_columns(path: Path) -> dict[str, Values]:
    """Number the different values of all columns of a Parquet file.

    Texts are kept of one column alone, the last that was asked for: all of them take most of the
    memory. Those of another column are read again.

    Raises:
        TableError: `unreadable-table`.
    """
    codes: dict[str, Codes] = {}

    @lru_cache(maxsize=1)
    def texts(column: str) -> pl.Series:
        try:
            return _texts(_cells(path, column), codes[column])
        except (pl.exceptions.PolarsError, OSError) as error:
            raise TableError("unreadable-table") from error

    found: dict[str, Values] = {}
    for column in column_names(path):
        values = encode_column(path, column)
        codes[column] = values.codes
        found[column] = replace(values, read=partial(texts, column))
        # What Arrow keeps for later, polars cannot use.
        pa.default_memory_pool().release_unused()
    return found


def _cells(path: Path, column: str) -> pl.Series:
    return pl.scan_parquet(path).select(column).collect().to_series()


def encode_bounds(path: Path, column: str, low: str, high: str) -> Values:
    """Number the different intervals of two columns that hold where each begins and ends.

    Raises:
        TableError: `unreadable-table`.
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
        raise TableError("unreadable-table") from error
    return encode(series)
