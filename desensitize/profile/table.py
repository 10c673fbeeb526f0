"""Profile every column of a table."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.profile.columns import ColumnProfile
from desensitize.profile.histogram import number_histogram, value_histogram
from desensitize.tables.codes import says_nothing
from desensitize.tables.schema import type_name

MEASURED = ("integer", "decimal", "float", "date", "datetime")
# A number of so many digits that is different in almost every row names a person or a thing.
IDENTIFIER_FROM = 10**8
NEARLY_UNIQUE = 0.5
MOST_LABELS = 200
ROWS_PER_LABEL = 5


def profile_table(
    path: Path, *, progress: Callable[[float, str], None] | None = None
) -> tuple[ColumnProfile, ...]:
    """Profile each column of a Parquet file; `progress` hears a share and the column's name.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        return profile_columns(pl.scan_parquet(path), progress=progress)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def profile_columns(
    table: pl.LazyFrame, *, progress: Callable[[float, str], None] | None = None
) -> tuple[ColumnProfile, ...]:
    """Profile each column of a table; `progress` hears a share and the column's name."""
    schema = table.collect_schema()
    profiles = []
    for position, (name, dtype) in enumerate(schema.items()):
        if progress is not None:
            progress(position / len(schema), name)
        profiles.append(_profile(table, name, dtype))
    if progress is not None:
        progress(1.0, "")
    return tuple(profiles)


def _profile(table: pl.LazyFrame, name: str, dtype: pl.DataType) -> ColumnProfile:
    kind = type_name(dtype)
    column = pl.col(name)
    present = column.drop_nulls()
    if dtype.is_float():
        present = present.filter(present.is_finite())
    figures = [pl.len().alias("rows"), column.null_count().alias("nulls")]
    figures.append(column.drop_nulls().n_unique().alias("distinct"))
    if dtype == pl.String:
        figures.append(says_nothing(column).sum().alias("unknown"))
    if kind in MEASURED:
        figures += [present.min().alias("minimum"), present.max().alias("maximum")]
    found = table.select(figures).collect(engine="streaming").row(0, named=True)
    rows, nulls, distinct = found["rows"], found["nulls"], found["distinct"]
    minimum = maximum = None
    histogram: tuple[tuple[str, int], ...] = ()
    if kind in MEASURED:
        low, high = found["minimum"], found["maximum"]
        unique = distinct > NEARLY_UNIQUE * max(1, rows - nulls)
        is_identifier = (
            kind == "integer" and unique and high is not None and high >= IDENTIFIER_FROM
        )
        if low is not None and not is_identifier:
            minimum, maximum = str(low), str(high)
            histogram = number_histogram(table, name, dtype, low, high, distinct)
    elif distinct <= min(MOST_LABELS, max(2, (rows - nulls) // ROWS_PER_LABEL)):
        histogram = value_histogram(table, name)
        if kind == "text":
            ends = table.select(column.min().alias("low"), column.max().alias("high")).collect()
            minimum, maximum = ends["low"].item(), ends["high"].item()
    unknown = int(found.get("unknown") or 0)
    return ColumnProfile(name, kind, rows, nulls, distinct, minimum, maximum, histogram, unknown)
