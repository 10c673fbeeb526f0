"""Open what a command reads, and write what it makes."""

import os
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from desensitize.engines.publication import published
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.tables import Limits, convert, convert_in_child
from desensitize.tables.csv_file import scan_csv
from desensitize.tables.export import write_csv
from desensitize.tables.kinds import ARCHIVE, CSV, PARQUET, XLSX, FileKind, find_kind
from desensitize.tables.parquet_file import check_parquet

RESULT = "result.parquet"
STANDARD = Path("-")
LIMITS = Limits(max_bytes=1024**4, max_rows=2**40, max_columns=10_000)
# A workbook is parsed in memory, by a process of its own.
WORKBOOK_LIMITS = replace(LIMITS, max_memory_bytes=4 * 1024**3, max_seconds=3_600.0)
FORMS = "XLSX, CSV or Parquet, also packed; - for CSV from standard input"


def add_files(parser: ArgumentParser) -> None:
    """Add the arguments of a command that makes one file from another."""
    parser.add_argument("source", type=Path, help=FORMS)
    parser.add_argument(
        "target", type=Path, help="CSV or Parquet, by its ending; - for CSV to standard output"
    )
    add_sheet(parser)


def add_sheet(parser: ArgumentParser) -> None:
    """Add the argument that names a sheet of a workbook."""
    parser.add_argument(
        "--sheet", default="", help="sheet of a workbook (the first visible one with content)"
    )


@contextmanager
def opened(source: Path, sheet: str = "") -> Iterator[tuple[Path, Path]]:
    """Hand out a Parquet file with the table, and a private work folder that is removed."""
    with workspace() as work:
        yield _as_parquet(source, sheet, work), work


@contextmanager
def opened_to_run(source: Path, sheet: str = "") -> Iterator[tuple[Path | pl.LazyFrame, Path]]:
    """Do what `opened` does, but read a plain CSV file in place; both give the same table."""
    with workspace() as work:
        kind = find_kind(source, source.name)
        plain = scan_csv(source, LIMITS) if kind == FileKind(CSV) else None
        yield _as_parquet(source, sheet, work) if plain is None else plain, work


def _as_parquet(source: Path, sheet: str, work: Path) -> Path:
    kind = find_kind(source, source.name)
    if kind.kind == PARQUET and not kind.compression:
        check_parquet(source)
        return source
    table = work / "table.parquet"
    if kind.kind == XLSX or kind.compression == ARCHIVE:
        convert_in_child(source, table, filename=source.name, limits=WORKBOOK_LIMITS, sheet=sheet)
    else:
        convert(source, table, filename=source.name, limits=LIMITS)
    return table


def write_table(table: Path, target: Path) -> None:
    """Write a Parquet table under the target's name, in the form of its ending.

    Standard output gets the table when it is whole.
    """
    if target == STANDARD:
        text = table.with_name("output.csv")
        write_csv(table, text)
        with text.open("rb") as whole, os.fdopen(os.dup(1), "wb") as output:
            shutil.copyfileobj(whole, output)
        return
    if target.exists() and not target.is_file():
        raise TableError("not-a-file")
    with published(target) as temporary:
        if target.suffix.lower() == ".csv":
            write_csv(table, temporary)
        else:
            shutil.copyfile(table, temporary)


def read_again(target: Path, table: Path, work: Path) -> Path:
    """Return a Parquet file with what stands in a written file, to be measured.

    A Parquet target holds the same bytes as `table`; a CSV is read anew, all as text.
    """
    if target.suffix.lower() != ".csv":
        return table
    again = work / "again.parquet"
    pl.scan_csv(target, infer_schema=False).sink_parquet(again)
    return again


def names(given: str) -> tuple[str, ...]:
    """Return the names that stand between commas."""
    return tuple(name.strip() for name in given.split(",") if name.strip())
