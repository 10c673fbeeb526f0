"""Say by what random masks draw: by what a row of the source holds, not by where it stands."""

from collections.abc import Mapping

import polars as pl

from desensitize.masks.texts import as_text

BETWEEN, NOTHING = "\x1f", "\x00"


def row_content(columns: Mapping[str, pl.DataType]) -> pl.Expr:
    """Return all that a row of a table with these columns holds, as one text.

    Neither the order of rows nor that of columns matters, nor whether numbers are whole.
    """
    return pl.concat_str(
        [cell_content(pl.col(name), columns[name]) for name in sorted(columns)],
        separator=BETWEEN,
    )


def cell_content(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the values as texts, the same for equal numbers of any type; never null."""
    if dtype.is_numeric():
        values, dtype = values.cast(pl.Float64), pl.Float64()
    return as_text(values, dtype).fill_null(NOTHING)
