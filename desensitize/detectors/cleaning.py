"""Bring cells of any type into the plain text that detectors read."""

import polars as pl

from desensitize.tables.codes import NULL_MARKERS

DASHES = r"[\x{2010}-\x{2015}\x{2212}\x{fe63}]"
INVISIBLE = r"[\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}]"
# Spreadsheets make floats of whole numbers, and mark text by an apostrophe.
FALSE_FRACTION = r"^([0-9]{5,18})\.0$"
EXACT_FLOAT = 2.0**53


def cleaned(values: pl.Series) -> pl.Series:
    """Return texts with half-width characters and plain hyphens; null for what says nothing."""
    plain = values.str.normalize("NFKC")
    plain = plain.str.replace_all(DASHES, "-").str.replace_all(INVISIBLE, "")
    plain = plain.str.strip_chars().str.strip_chars_start("'")
    plain = plain.str.replace(FALSE_FRACTION, "$1")
    marked = plain.str.to_lowercase().is_in(NULL_MARKERS)
    return plain.set(marked.fill_null(False), None)


def as_text(values: pl.Series) -> pl.Series:
    """Return the cells of a column of any type as texts, row for row; it never raises."""
    try:
        return _as_text(values)
    except pl.exceptions.PolarsError:
        return _spelled_out(values)


def _as_text(values: pl.Series) -> pl.Series:
    dtype = values.dtype
    if dtype == pl.String:
        return values
    if dtype.is_float():
        return _float_text(values)
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        return _spelled_out(values)
    return values.cast(pl.String)


def _float_text(values: pl.Series) -> pl.Series:
    numbers = values.cast(pl.Float64).fill_nan(None)
    numbers = numbers.set((numbers.abs() > EXACT_FLOAT).fill_null(False), None)
    whole = numbers.drop_nulls()
    if len(whole) and (whole == whole.round()).all():
        return numbers.cast(pl.Int64).cast(pl.String)
    return numbers.cast(pl.String)


def _spelled_out(values: pl.Series) -> pl.Series:
    return pl.Series(values.name, [_spelled(cell) for cell in values.to_list()], dtype=pl.String)


def _spelled(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    if isinstance(cell, dict):
        return "; ".join(f"{name}: {_spelled(part)}" for name, part in cell.items())
    if isinstance(cell, list | tuple):
        return "; ".join(str(_spelled(part)) for part in cell)
    return str(cell)
