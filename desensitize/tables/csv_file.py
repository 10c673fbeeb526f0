"""Turn a CSV file into Parquet: first all as text, then typed where nothing is lost."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.tables.csv_rows import CsvRows
from desensitize.tables.encoding import find_encoding
from desensitize.tables.header import checked_names
from desensitize.tables.limits import Limits
from desensitize.tables.typing import typed_columns

CELLS_PER_BATCH = 1_000_000


def convert_csv(source: Path, target: Path, limits: Limits) -> str:
    """Write the table of a CSV file as Parquet and answer the encoding it was read with."""
    encoding = find_encoding(source)
    untyped = target.with_name(target.name + ".text")
    try:
        _write_text(source, untyped, encoding, limits)
        table = pl.scan_parquet(untyped)
        table.select(typed_columns(table)).sink_parquet(target, statistics=True)
    finally:
        untyped.unlink(missing_ok=True)
    return encoding


def _write_text(source: Path, target: Path, encoding: str, limits: Limits) -> None:
    rows = CsvRows(source, encoding)
    records = iter(rows)
    header = next(records, None)
    if header is None:
        raise TableError("empty_file")
    names = checked_names(header, limits)
    schema = pa.schema([(name, pa.string()) for name in names])
    batch_rows = max(1, CELLS_PER_BATCH // len(names))
    count = 0
    with pq.ParquetWriter(target, schema, write_statistics=False) as writer:
        while batch := list(islice(records, batch_rows)):
            count += len(batch)
            if count > limits.max_rows:
                raise TableError("too_many_rows", limit=limits.max_rows)
            columns = [pa.array(column, pa.string()) for column in _columns(batch)]
            writer.write_batch(pa.record_batch(columns, schema=schema))
    if count == 0:
        raise TableError("no_rows")


def _columns(batch: list[list[str]]) -> Iterator[list[str | None]]:
    for column in zip(*batch, strict=True):
        yield [value or None for value in column]
