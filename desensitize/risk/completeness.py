"""Count the cells that say something."""

from collections.abc import Collection

import polars as pl

from desensitize.detectors.cleaning import as_text
from desensitize.tables.codes import says_nothing


def unknown_cells(
    values: pl.Series, *, missing: Collection[str] = (), known: Collection[str] = ()
) -> int:
    """Count the cells of a column that say nothing; see `silent_cells`."""
    return int(silent_cells(values, missing=missing, known=known).sum())


def silent_cells(
    values: pl.Series, *, missing: Collection[str] = (), known: Collection[str] = ()
) -> pl.Series:
    """Tell the cells of a column that say nothing.

    Those are empty, no number, a mark that masks leave (“***”), what people write where nothing is
    known (“?”, “-”, “N/A”, “未知”), or a code of `missing`. A code of `known` says something,
    such as “NA” for Namibia.
    """
    texts = as_text(values)
    if values.dtype != pl.String:
        empty = values.is_null()
        if values.dtype.is_float():
            empty = empty | values.is_nan().fill_null(True)
        return empty | texts.is_in([*missing]).fill_null(False)
    texts = texts.rename("text")
    text = pl.col("text")
    nothing = (says_nothing(text) | text.is_in([*missing])) & ~text.is_in([*known])
    counted = pl.when(text.is_null()).then(True).otherwise(nothing)
    return texts.to_frame().select(counted).to_series()
