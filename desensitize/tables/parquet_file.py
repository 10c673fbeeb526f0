"""Copy a stranger's Parquet file into a clean one, batch by batch."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.tables.disk import disk_refusal
from desensitize.tables.header import checked_names
from desensitize.tables.limits import Limits

BATCH_ROWS = 16_384
# A small file may decode to thousands of times its size, and its footer does not tell.
ALWAYS_ALLOWED_BYTES = 1024**3
ALLOWED_GROWTH = 200


def convert_parquet(source: Path, target: Path, limits: Limits) -> None:
    """Write the plain columns of a Parquet file anew, without its metadata.

    Raises:
        TableError: `corrupt-parquet`, `no-rows`, `too-many-rows`, `too-many-columns`,
            `nested-column`, `unsupported-column-type`, `binary-text`, `expands-too-much`.
    """
    try:
        _copy(source, target, limits)
    except (pa.ArrowException, OSError, ValueError, KeyError, UnicodeDecodeError) as error:
        raise disk_refusal(error) or TableError("corrupt-parquet") from error


def check_parquet(source: Path) -> None:
    """Check that a Parquet file has plain columns with names of their own, from its footer alone.

    Raises:
        TableError: as `convert_parquet`, but for what only the values tell.
    """
    try:
        with pq.ParquetFile(source, memory_map=False, arrow_extensions_enabled=False) as file:
            _plain_schema(file, Limits(max_columns=10_000))
        # What else reads it is stricter as to what is written beside the columns.
        pl.read_parquet_schema(source)
    except (
        *(pa.ArrowException, pl.exceptions.PolarsError),
        *(OSError, ValueError, KeyError, UnicodeDecodeError),
    ) as error:
        raise TableError("corrupt-parquet") from error


def _plain_schema(file: pq.ParquetFile, limits: Limits) -> pa.Schema:
    fields = list(file.schema_arrow)
    names = checked_names([field.name for field in fields], limits)
    if not names:
        raise TableError("not-a-table", found="no columns")
    return pa.schema(
        [(name, _plain_type(name, field.type)) for name, field in zip(names, fields, strict=True)]
    )


def _copy(source: Path, target: Path, limits: Limits) -> None:
    with pq.ParquetFile(source, memory_map=False, arrow_extensions_enabled=False) as file:
        if file.metadata.num_rows > limits.max_rows:
            raise TableError("too-many-rows", limit=limits.max_rows)
        schema = _plain_schema(file, limits)
        allowed = max(ALWAYS_ALLOWED_BYTES, ALLOWED_GROWTH * source.stat().st_size)
        rows = decoded = 0
        with pq.ParquetWriter(target, schema, compression="zstd") as writer:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                rows += batch.num_rows
                decoded += batch.nbytes
                if rows > limits.max_rows:
                    raise TableError("too-many-rows", limit=limits.max_rows)
                if decoded > allowed:
                    raise TableError("expands-too-much", limit=allowed)
                arrays = [
                    _plain(column, field, field.name)
                    for column, field in zip(batch.columns, schema, strict=True)
                ]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
        if rows == 0:
            raise TableError("no-rows")


def _plain_type(name: str, kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_nested(kind):
        raise TableError("nested-column", column=name)
    if pa.types.is_null(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz=kind.tz)
    if pa.types.is_date(kind):
        return pa.date32()
    if pa.types.is_time(kind):
        return pa.time64("us")
    if pa.types.is_decimal(kind):
        if kind.precision > 38:
            raise TableError("unsupported-column-type", column=name, type=str(kind))
        return pa.decimal128(kind.precision, kind.scale)
    if pa.types.is_float16(kind):
        return pa.float32()
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind):
        return kind
    raise TableError("unsupported-column-type", column=name, type=str(kind))


def _plain(column: pa.Array, field: pa.Field, name: str) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if column.type != field.type:
        column = pc.cast(column, field.type, safe=not pa.types.is_temporal(field.type))
    if pa.types.is_string(field.type):
        try:
            column.validate(full=True)
        except pa.ArrowInvalid as error:
            raise TableError("binary-text", column=name) from error
    return column
