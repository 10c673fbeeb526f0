"""Convert an upload into a clean Parquet file, in this process."""

import errno
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.tables.csv_file import convert_csv
from desensitize.tables.digest import sha256_of
from desensitize.tables.disk import disk_refusal
from desensitize.tables.kinds import ARCHIVE, CSV, XLSX, FileKind, find_kind
from desensitize.tables.limits import ColumnInfo, FileForm, Limits, TableInfo
from desensitize.tables.packing import unpack, unpack_archive
from desensitize.tables.parquet_file import convert_parquet
from desensitize.tables.schema import type_name
from desensitize.tables.workbook import convert_workbook

ENDINGS = {CSV: ".csv", XLSX: ".xlsx"}


def convert(
    source: Path, target: Path, *, filename: str, limits: Limits, sheet: str = ""
) -> TableInfo:
    """Parse an upload (XLSX, CSV, Parquet, also packed) into a clean Parquet file.

    `filename` is the name that the stranger gave, used only for its endings. Nothing stands under
    `target` unless all went well.

    Raises:
        TableError: the file is not a table that can be read; the code says why.
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as work:
            return convert_within(
                Path(work), source, target, filename=filename, limits=limits, sheet=sheet
            )
    except OSError as error:
        raise write_refusal(error) from error


def convert_within(
    work: Path, source: Path, target: Path, *, filename: str, limits: Limits, sheet: str = ""
) -> TableInfo:
    """Do what `convert` does, with everything unfinished in a folder that the caller removes."""
    kind = find_kind(source, filename)
    size = source.stat().st_size
    if size > limits.max_bytes:
        raise TableError("too-large", bytes=size, limit=limits.max_bytes)
    result = work / "result.parquet"
    try:
        form = _convert(work, source, result, kind, limits, sheet)
        info = describe(result, form)
        os.replace(result, target)
    except MemoryError as error:
        raise TableError("reader-out-of-memory") from error
    except OSError as error:
        raise write_refusal(error) from error
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable-table") from error
    return info


def describe(path: Path, form: FileForm | None = None) -> TableInfo:
    """Describe a Parquet file that this library wrote."""
    schema = pl.read_parquet_schema(path)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    columns = tuple(ColumnInfo(name, type_name(dtype)) for name, dtype in schema.items())
    return TableInfo(rows, columns, sha256_of(path), path.stat().st_size, form)


def _convert(
    work: Path, source: Path, result: Path, kind: FileKind, limits: Limits, sheet: str
) -> FileForm:
    if kind.compression:
        unpacked, plain = unpacked_of(work, source, kind, limits)
        form = _convert(work, unpacked, result, plain, limits, sheet)
        return replace(form, compression=kind.compression)
    if kind.kind == CSV:
        return convert_csv(source, result, limits, work)
    if kind.kind == XLSX:
        return convert_workbook(source, result, limits, sheet)
    convert_parquet(source, result, limits)
    return FileForm(kind.kind)


def unpacked_of(work: Path, source: Path, kind: FileKind, limits: Limits) -> tuple[Path, FileKind]:
    """Unpack a packed file, and answer where it lies and of what kind it is.

    Raises:
        TableError: as `unpack` and `find_kind`.
    """
    unpacked = work / "unpacked"
    if kind.compression == ARCHIVE:
        inner = unpack_archive(source, unpacked, limits)
    else:
        inner = kind.kind
        unpack(source, unpacked, kind.compression, limits)
    return unpacked, find_kind(unpacked, "unpacked" + ENDINGS.get(inner, ".parquet"))


def write_refusal(error: OSError) -> TableError:
    """Turn what the system refused while something was written into a refusal."""
    if error.errno == errno.ENOMEM:
        return TableError("reader-out-of-memory")
    return TableError("write-failed", reason=os.strerror(error.errno or errno.EIO))
