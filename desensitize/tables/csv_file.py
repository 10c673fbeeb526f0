"""Turn a CSV file into Parquet: typed where nothing is lost, in one reading where it is plain."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.tables.csv_rows import CsvRows
from desensitize.tables.disk import disk_refusal
from desensitize.tables.encoding import UTF8_MARK, find_encoding
from desensitize.tables.header import checked_names
from desensitize.tables.limits import FileForm, Limits
from desensitize.tables.plain_csv import plain_csv
from desensitize.tables.rewriting import (
    ends_lines_by_return,
    write_line_feeds,
    write_unicode,
)
from desensitize.tables.typing import typed, write_typed
from desensitize.tables.wide import wide_encoding

CELLS_PER_BATCH = 1_000_000


def unicode_copy(source: Path, work: Path, encoding: str = "") -> tuple[Path, str]:
    """Return a file with the text in UTF-8 and line feeds, and in which encoding it came.

    Raises:
        TableError: the encoding that is given, or any, does not fit; the code says why.
    """
    found = encoding or wide_encoding(source)
    if found.startswith("utf-16"):
        source = _rewritten(source, work, found)
    if ends_lines_by_return(source):
        fed = work / "fed.csv"
        write_line_feeds(source, fed)
        source = fed
    found = found or find_encoding(source)
    if found == "gb18030":
        return _rewritten(source, work, found), found
    if encoding and find_encoding(source) == "gb18030":
        raise TableError("encoding-unknown", line=1)
    return source, found


def convert_csv(
    source: Path, target: Path, limits: Limits, work: Path, *, separator: str = ""
) -> FileForm:
    """Write the table of a CSV file as Parquet and answer how the text was written.

    Raises:
        TableError: what is wrong, and on which line.
    """
    encoding = wide_encoding(source)
    if encoding:
        source = _rewritten(source, work, encoding)
    if ends_lines_by_return(source):
        fed = work / "fed.csv"
        write_line_feeds(source, fed)
        source = fed
    used = _convert_plain(source, target, limits, separator)
    if used is None:
        found = find_encoding(source)
        encoding = encoding or found
        if found == "gb18030":
            source = _rewritten(source, work, found)
            used = _convert_plain(source, target, limits, separator)
    if used is None:
        used = _convert_strictly(source, target, limits, work, separator)
    return FileForm("csv", encoding=encoding or _unicode_name(source), separator=used)


def scan_csv(source: Path, limits: Limits) -> pl.LazyFrame | None:
    """Return a query that reads a plain CSV file in place, else None.

    Its rows, names and types are those that `convert_csv` would write.

    Raises:
        TableError: `no-rows`, `too-many-rows`, or what is wrong with the names of the header.
    """
    if source.stat().st_size > limits.max_bytes:
        return None
    if wide_encoding(source) or ends_lines_by_return(source):
        return None
    plain = plain_csv(source, limits)
    if plain is None:
        return None
    if plain.rows == 0:
        raise TableError("no-rows")
    try:
        return typed(plain.scan())
    except pl.exceptions.PolarsError:
        return None


def _convert_plain(source: Path, target: Path, limits: Limits, separator: str) -> str | None:
    plain = plain_csv(source, limits, separator)
    if plain is None:
        return None
    if plain.rows == 0:
        raise TableError("no-rows")
    try:
        write_typed(plain.scan(), target)
    except pl.exceptions.PolarsError as error:
        refusal = disk_refusal(error)
        if refusal is not None:
            raise refusal from error
        return None
    return plain.separator


def _convert_strictly(
    source: Path, target: Path, limits: Limits, work: Path, separator: str
) -> str:
    text = work / "text.parquet"
    separator = _write_text(source, text, limits, separator)
    write_typed(pl.scan_parquet(text), target)
    return separator


def _write_text(source: Path, target: Path, limits: Limits, separator: str) -> str:
    rows = CsvRows(source, "utf-8-sig", separator=separator)
    records = iter(rows)
    header = next(records, None)
    if header is None:
        raise TableError("empty-file")
    names = checked_names(header, limits)
    schema = pa.schema([(name, pa.string()) for name in names])
    batch_rows = max(1, CELLS_PER_BATCH // len(names))
    count = 0
    with pq.ParquetWriter(target, schema, write_statistics=False) as writer:
        while batch := list(islice(records, batch_rows)):
            count += len(batch)
            if count > limits.max_rows:
                raise TableError("too-many-rows", limit=limits.max_rows)
            columns = [pa.array(column, pa.string()) for column in _columns(batch)]
            writer.write_batch(pa.record_batch(columns, schema=schema))
    if count == 0:
        raise TableError("no-rows")
    return rows.separator


def _columns(batch: list[list[str]]) -> Iterator[list[str | None]]:
    for column in zip(*batch, strict=True):
        yield [value or None for value in column]


def _rewritten(source: Path, work: Path, encoding: str) -> Path:
    target = work / "unicode.csv"
    write_unicode(source, target, encoding)
    return target


def _unicode_name(source: Path) -> str:
    with source.open("rb") as file:
        return "utf-8-sig" if file.read(len(UTF8_MARK)) == UTF8_MARK else "utf-8"
