"""Compare two tables on disk, a share of their rows at a time. Pure: no models.

Rows that can belong together, by their key or because they are equal, fall into the same share, so
that each share is compared in memory by itself, and memory does not grow with the tables.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from marketplace.catalog.version.counting import common_schema
from marketplace.delivery.changes.comparing import (
    changes_between,
    everything,
    is_key,
)

ROWS_OF_A_SHARE = 500_000
"""About so many rows of both tables together are compared at a time."""
MOST_SHARES = 200
ROWS_OF_A_GROUP = 250_000
"""So many rows a row group has, as a page of Arrow does: whoever reads on decodes none twice."""
BATCH_ROWS = 100_000
SHARE = "_share"


def compare_files(
    before: Path | None, after: Path, target: Path, *, key: Sequence[str], folder: Path
) -> int:
    """Write the rows by which two Parquet files differ to a third; return how many there are.

    What counts as an update, and the kinds, are those of `changes_between`. Without a file before
    each row counts as inserted. `folder` takes what is written in between, in plain.
    """
    if before is None:
        return _write(target, (everything(one) for one in _batches(after)))
    shares = _shares_of(before, after)
    if shares == 1:
        tables = pl.read_parquet(before), pl.read_parquet(after)
        return _write(target, [changes_between(*tables, key)])
    names = pq.read_schema(after).names
    key = key if set(key) <= set(names) else ()
    schema = common_schema(_end_of(before).select(names), _end_of(after))
    parts = [
        _divided(path, folder / side, schema=schema, by=list(key) or names, shares=shares)
        for side, path in (("before", before), ("after", after))
    ]
    if key and not all(_keeps_key(path, key) for side in parts for path in side):
        key = ()
    return _write(target, _compared(*parts, key=key))


def _shares_of(before: Path, after: Path) -> int:
    rows = sum(pq.read_metadata(path).num_rows for path in (before, after))
    return int(min(MOST_SHARES, max(1, -(-rows // ROWS_OF_A_SHARE))))


def _end_of(path: Path) -> pl.DataFrame:
    """Return the table without a row, whose columns have its types."""
    table = pl.from_arrow(pq.read_schema(path).empty_table())
    assert isinstance(table, pl.DataFrame)
    return table


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    """Yield a table piece by piece, at least one piece."""
    yield _end_of(path)
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=BATCH_ROWS):
            table = pl.from_arrow(batch)
            assert isinstance(table, pl.DataFrame)
            yield table


def _divided(
    path: Path, folder: Path, *, schema: dict[str, pl.DataType], by: list[str], shares: int
) -> list[Path]:
    """Write each row into the file of its share; return the files by share."""
    folder.mkdir()
    names = [folder / f"{number}.arrow" for number in range(shares)]
    arrow = pl.DataFrame(schema=schema).to_arrow().schema
    writers = [pa.ipc.new_file(name, arrow) for name in names]
    try:
        for table in _batches(path):
            cast = table.select(list(schema)).cast(schema)  # type: ignore[arg-type]
            numbered = cast.with_columns((_hashes(cast, by) % shares).alias(SHARE))
            for (number,), part in numbered.partition_by(SHARE, as_dict=True).items():
                writers[number].write_table(part.drop(SHARE).to_arrow().cast(arrow))
    finally:
        for writer in writers:
            writer.close()
    return names


def _hashes(table: pl.DataFrame, names: list[str]) -> pl.Series:
    """Return a number for each row, the same for rows that are equal in the columns."""
    plain = [
        # Two zeros are equal, and whatever is no number is equal to itself.
        (pl.col(name) + 0.0).fill_nan(None) if table.schema[name].is_float() else pl.col(name)
        for name in names
    ]
    return table.select(plain).hash_rows()


def _read(path: Path) -> pl.DataFrame:
    return pl.read_ipc(path)


def _keeps_key(path: Path, key: Sequence[str]) -> bool:
    table = pl.read_ipc(path, columns=list(key))
    return is_key(table, key)


def _compared(
    before: list[Path], after: list[Path], *, key: Sequence[str]
) -> Iterator[pl.DataFrame]:
    for one, other in zip(before, after, strict=True):
        yield changes_between(_read(one), _read(other), key)
        one.unlink()
        other.unlink()


def _write(target: Path, tables: Any) -> int:
    """Write tables of the same columns one after another; return how many rows there are."""
    count, writer = 0, None
    try:
        for table in tables:
            arrow = _plain(table.to_arrow())
            if writer is None:
                writer = pq.ParquetWriter(target, arrow.schema, compression="zstd")
            writer.write_table(arrow, row_group_size=ROWS_OF_A_GROUP)
            count += len(arrow)
    finally:
        if writer is not None:
            writer.close()
    return count


def _plain(table: pa.Table) -> pa.Table:
    """Turn texts into those that every reader of Parquet knows."""
    fields = [
        field.with_type(pa.string())
        if pa.types.is_large_string(field.type) or pa.types.is_string_view(field.type)
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
