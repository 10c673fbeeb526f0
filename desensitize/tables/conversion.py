"""Convert an upload into a clean Parquet file, in this process."""

import errno
import os
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.tables.csv_file import convert_csv
from desensitize.tables.digest import sha256_of
from desensitize.tables.disk import disk_refusal
from desensitize.tables.kinds import CSV, find_kind
from desensitize.tables.limits import ColumnInfo, Limits, TableInfo
from desensitize.tables.parquet_file import convert_parquet
from desensitize.tables.schema import type_name


def convert(source: Path, target: Path, *, filename: str, limits: Limits) -> TableInfo:
    """Parse an upload (CSV in UTF-8 or GB18030, Parquet) into a clean Parquet file.

    `filename` is the name that the stranger gave, used only for its ending. Nothing stands under
    `target` unless all went well.

    Raises:
        TableError: the file is not a table that can be read; the code says why.
    """
    kind = find_kind(source, filename)
    size = source.stat().st_size
    if size > limits.max_bytes:
        raise TableError("too_large", bytes=size, limit=limits.max_bytes)
    partial = target.with_name(target.name + ".partial")
    encoding: str | None = None
    try:
        if kind == CSV:
            encoding = convert_csv(source, partial, limits)
        else:
            convert_parquet(source, partial, limits)
        info = describe(partial, encoding)
        os.replace(partial, target)
    except MemoryError as error:
        raise TableError("reader_out_of_memory") from error
    except OSError as error:
        raise _write_refusal(error) from error
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable_table") from error
    finally:
        partial.unlink(missing_ok=True)
    return info


def describe(path: Path, encoding: str | None = None) -> TableInfo:
    """Describe a Parquet file that this library wrote."""
    schema = pl.read_parquet_schema(path)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    columns = tuple(ColumnInfo(name, type_name(dtype)) for name, dtype in schema.items())
    return TableInfo(rows, columns, encoding, sha256_of(path), path.stat().st_size)


def _write_refusal(error: OSError) -> TableError:
    if error.errno == errno.ENOMEM:
        return TableError("reader_out_of_memory")
    return TableError("write_failed", reason=os.strerror(error.errno or errno.EIO))
