"""Read rows from all over a table, without reading the table."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from desensitize.detectors.cleaning import as_text, cleaned
from desensitize.detectors.column import SampledColumn
from desensitize.errors import TableError
from desensitize.tables.schema import type_name

PARTS = 5
PART_ROWS = 200
NOTHING_TO_READ = ("boolean", "time")
LEAST_ROWS = 20


def sampled_columns(path: Path, names: Sequence[str] | None = None) -> list[SampledColumn]:
    """Sample a Parquet file's columns, all of them by default.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        table = pl.scan_parquet(path)
        schema = table.collect_schema()
        chosen = list(schema) if names is None else list(names)
        rows = table.select(pl.len()).collect().item()
        sample = _sampled(table, chosen, rows)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    return [sampled_column(sample[name], rows) for name in chosen]


def sampled_column(cells: pl.Series, rows: int) -> SampledColumn:
    """Prepare the sampled cells of one column of a table of so many rows."""
    dtype = type_name(cells.dtype)
    texts = cells.clear().cast(pl.String) if dtype in NOTHING_TO_READ else cleaned(as_text(cells))
    values = texts.drop_nulls()
    unique = LEAST_ROWS <= len(values) == values.n_unique()
    return SampledColumn(cells.name, dtype, rows, values, unique, cells=len(cells))


def _sampled(table: pl.LazyFrame, names: list[str], rows: int) -> pl.DataFrame:
    if rows <= PARTS * PART_ROWS:
        return table.select(names).collect()
    # Parts from all over the file: heads of files are often sorted or untypical. Only a slice of
    # the file itself skips what lies before it; after a selection all of it would be read.
    step = (rows - PART_ROWS) // (PARTS - 1)
    parts = [table.slice(part * step, PART_ROWS) for part in range(PARTS)]
    return pl.concat([part.select(names).collect() for part in parts])
