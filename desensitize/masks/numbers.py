"""Read the values of a column as numbers, whatever their type."""

import polars as pl


def as_numbers(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the values as finite floats; null where a value is no finite number."""
    if dtype == pl.String:
        values = values.str.strip_chars()
    elif not dtype.is_numeric():
        return pl.when(values.is_null()).then(pl.lit(None, dtype=pl.Float64))
    numbers = values.cast(pl.Float64, strict=False)
    return pl.when(numbers.is_finite()).then(numbers)
