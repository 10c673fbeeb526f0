"""Read the values of a column as texts, whatever their type."""

import polars as pl

from desensitize.masks.calendar import within_calendar


def as_text(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the values as texts; null where a type has none, such as lists and records."""
    if dtype == pl.String:
        return values
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Duration, pl.Unknown):
        return nothing(values, pl.String())
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        values = within_calendar(values, dtype)
    return values.cast(pl.String, strict=False)


def nothing(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return a null of the type in every row."""
    # Tied to the column, since a bare literal would have length one.
    return pl.when(values.is_null()).then(pl.lit(None, dtype=dtype))
