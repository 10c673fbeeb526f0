"""Bring columns of two tables to one type, so that their values can be compared."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from desensitize.errors import TableError

EXACT_DIGITS = 15
"""Numbers of so many digits are exact as floats."""
COARSENED = 0.5
"""A column of fewer than so many of the source's different values was coarsened."""
OWN_VALUES = 0.99
"""The share of released cells that must be values of the source for a text to be comparable."""


def both_tables(
    source: Path, released: Path, columns: Sequence[str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read the columns that both tables have, of one type in both.

    Numbers stay numbers, also where one table or both write them as text; dates and times become
    numbers; whatever else differs is compared as text.

    Raises:
        TableError: `unreadable-table`, `nested-column`, `no-rows`.
    """
    try:
        there = set(pl.read_parquet_schema(released))
        names = [name for name in pl.read_parquet_schema(source) if name in there]
        chosen = [name for name in names if columns is None or name in columns]
        tables: tuple[list[pl.Series], list[pl.Series]] = [], []
        for name in chosen:
            read = [pl.read_parquet(path, columns=[name])[name] for path in (source, released)]
            for table, column in zip(tables, alike(*read), strict=True):
                table.append(column)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    before, after = pl.DataFrame(tables[0]), pl.DataFrame(tables[1])
    if chosen and not (before.height and after.height):
        raise TableError("no-rows")
    return before, after


def alike(one: pl.Series, other: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return two columns as numbers where both are, else as texts.

    Raises:
        TableError: `nested-column`.
    """
    for column in (one, other):
        if column.dtype.is_nested() or column.dtype == pl.Object:
            raise TableError("nested-column", column=column.name)
    if one.dtype == other.dtype and one.dtype.is_temporal():
        return one.to_physical(), other.to_physical()
    if one.dtype == other.dtype and (one.dtype.is_integer() or one.dtype == pl.Boolean):
        return one, other
    numbers = _as_numbers(one), _as_numbers(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0], numbers[1]
    texts = [column.cast(pl.String, strict=False) for column in (one, other)]
    # Each text is kept once, however many cells hold it.
    kind = pl.Enum(pl.concat(texts).drop_nulls().unique(maintain_order=True))
    return texts[0].cast(kind), texts[1].cast(kind)


def _as_numbers(column: pl.Series) -> pl.Series | None:
    if column.dtype.is_numeric():
        return column.cast(pl.Float64).fill_nan(None)
    if column.dtype != pl.String or column.null_count() == len(column):
        return None
    longest = column.str.len_bytes().max()
    if not isinstance(longest, int) or longest > EXACT_DIGITS:
        return None
    numbers = column.cast(pl.Float64, strict=False).fill_nan(None)
    return numbers if numbers.null_count() == column.null_count() else None


def share_of_own_values(source: pl.Series, released: pl.Series) -> float:
    """Return the share of released cells whose value stands in the source, of those not empty."""
    cells = released.drop_nulls()
    if not len(cells):
        return 1.0
    return float(cells.is_in(source.unique().drop_nulls().implode()).sum()) / len(cells)


def is_drawn_anew(source: Path, released: Path) -> bool:
    """Return whether rows of a release fit nobody: they were drawn anew, or values exchanged.

    Looked at are the columns in which every value is one of the source. However other columns are
    coarsened or left out, each row of a recoded release has a row of the source that agrees in
    them; where more than one in a hundred has none, the rows are not the people's own. A column
    whose values were coarsened to such as occur, rounded or cut off at an end, is none of these:
    up to a third of the columns may be left out to find rows that agree. In doubt rows are taken
    for the people's own, which is the stricter look.

    Raises:
        TableError: `unreadable-table`, `nested-column`, `no-rows`.
    """
    before, after = both_tables(source, released)
    kept = [
        name
        for name in after.columns
        if share_of_own_values(before[name], after[name]) == 1
        and after[name].n_unique() >= COARSENED * before[name].n_unique()
        # Cells that are empty where the source has none were hidden.
        and (before[name].null_count() or not after[name].null_count())
    ]
    most = (1 - OWN_VALUES) * after.height
    least = len(kept) - len(kept) // 3
    while len(kept) >= max(2, least):
        if _strange_rows(before, after, kept) <= most:
            return False
        left_out = [
            (_strange_rows(before, after, [one for one in kept if one != name]), name)
            for name in kept
        ]
        kept.remove(min(left_out)[1])
    return bool(kept) and least >= 2


def _strange_rows(before: pl.DataFrame, after: pl.DataFrame, columns: list[str]) -> int:
    """Count the rows that agree with none of the source in the columns."""
    if not columns:
        return 0
    known = before.select(columns).unique()
    return after.select(columns).join(known, on=columns, how="anti", nulls_equal=True).height
