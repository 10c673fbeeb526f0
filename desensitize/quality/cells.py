"""What the cells of a column say: nothing, a text, a number, a day."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from desensitize.risk.completeness import silent_cells

NUMBER = r"\A[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\z"
WHOLE = r"\A[+-]?[0-9]+\z"
DAY = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
MOMENT = (
    r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?\z"
)
ANSWER = r"\A(?i:true|false|yes|no|0|1)\z"
EXACT_FLOAT = 2.0**53


def silent(
    values: pl.Series, *, missing: Collection[str] = (), known: Collection[str] = ()
) -> pl.Series:
    """Tell the cells that say nothing: empty ones, and codes for what is not known."""
    if values.dtype.is_float():
        # As text by text: whether a 9 reads as “9” must not hang on the rows around it.
        empty = values.is_null() | values.is_nan().fill_null(True)
        return empty | texts(values).is_in([*missing]).fill_null(False)
    return silent_cells(values, missing=missing, known=known)


def texts(values: pl.Series) -> pl.Series:
    """Return each cell as a text that depends on this cell alone; whole floats have no fraction."""
    if values.dtype == pl.String:
        return values
    if not values.dtype.is_float():
        return values.cast(pl.String)
    one = pl.col("one")
    is_whole = (one == one.floor()) & (one.abs() < EXACT_FLOAT)
    frame = values.cast(pl.Float64).alias("one").to_frame()
    # Both branches are computed for every row: what is not whole must not raise.
    whole = one.cast(pl.Int64, strict=False).cast(pl.String)
    return frame.select(pl.when(is_whole).then(whole).otherwise(one.cast(pl.String))).to_series()


def numbers(values: pl.Series) -> pl.Series:
    """Return the cells as numbers, null where they are none or not finite."""
    dtype = values.dtype
    if dtype.is_float():
        plain = values.cast(pl.Float64)
        return plain.set((~plain.is_finite()).fill_null(False), None)
    if dtype.is_integer() or dtype.is_decimal():
        return values
    if dtype != pl.String:
        return pl.Series(values.name, [None] * len(values), dtype=pl.Float64)
    fitting = values.set((~values.str.contains(NUMBER)).fill_null(False), None)
    return numbers(fitting.cast(pl.Float64, strict=False))


def days(values: pl.Series) -> pl.Series:
    """Return the cells as calendar days, null where they are none; of a moment its day."""
    if values.dtype == pl.Date:
        return values
    if isinstance(values.dtype, pl.Datetime):
        return values.dt.date()
    if values.dtype != pl.String:
        return pl.Series(values.name, [None] * len(values), dtype=pl.Date)
    fits = (values.str.contains(DAY) | values.str.contains(MOMENT)).fill_null(False)
    plain = values.set(~fits, None).str.slice(0, 10)
    return plain.str.to_date("%Y-%m-%d", strict=False)


def is_of_type(values: pl.Series, named: str) -> pl.Series:
    """Tell the cells that can be read as a type; null cells are no answer."""
    dtype = values.dtype
    if named == "number":
        return numbers(values).is_not_null()
    if named == "integer":
        if dtype.is_integer():
            return values.is_not_null()
        if dtype == pl.String:
            return values.str.contains(WHOLE).fill_null(False)
        found = numbers(values)
        return (found == found.floor()).fill_null(False) if len(found) else found.is_not_null()
    if named == "date":
        if dtype == pl.String:
            return days(
                values.set((~values.str.contains(DAY)).fill_null(False), None)
            ).is_not_null()
        return values.is_not_null() if dtype == pl.Date else _none(values)
    if named == "datetime":
        if dtype == pl.String:
            moments = values.set((~values.str.contains(MOMENT)).fill_null(False), None)
            return days(moments).is_not_null()
        return values.is_not_null() if isinstance(dtype, pl.Datetime) else _none(values)
    if dtype == pl.Boolean:
        return values.is_not_null()
    return texts(values).str.contains(ANSWER).fill_null(False)


def _none(values: pl.Series) -> pl.Series:
    return pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
