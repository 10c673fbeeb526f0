"""Open what a command reads, and write what it makes."""

import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from desensitize.engines.publication import published
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.tables import Limits, convert
from desensitize.tables.export import write_csv

RESULT = "result.parquet"
LIMITS = Limits(max_bytes=1024**4, max_rows=2**40, max_columns=10_000)


def add_files(parser: ArgumentParser) -> None:
    """Add the arguments of a command that makes one file from another."""
    parser.add_argument("source", type=Path, help="CSV or Parquet")
    parser.add_argument("target", type=Path, help="CSV or Parquet, by its ending")


@contextmanager
def opened(source: Path) -> Iterator[tuple[Path, Path]]:
    """Hand out a Parquet file with the table, and a private work folder that is removed."""
    with workspace() as work:
        if source.suffix.lower() in (".parquet", ".pq"):
            if not source.is_file():
                raise TableError("file_missing")
            yield source, work
        else:
            table = work / "table.parquet"
            convert(source, table, filename=source.name, limits=LIMITS)
            yield table, work


def write_table(table: Path, target: Path) -> None:
    """Write a Parquet table under the target's name, in the form of its ending."""
    with published(target) as temporary:
        if target.suffix.lower() == ".csv":
            write_csv(table, temporary)
        else:
            shutil.copyfile(table, temporary)


def read_again(target: Path, table: Path, work: Path) -> Path:
    """Answer a Parquet file with what stands in a written file, to be measured.

    A Parquet target holds the same bytes as `table`; a CSV is read anew, all as text.
    """
    if target.suffix.lower() != ".csv":
        return table
    again = work / "again.parquet"
    pl.scan_csv(target, infer_schema=False).sink_parquet(again)
    return again


def names(given: str) -> tuple[str, ...]:
    """Answer the names that stand between commas."""
    return tuple(name.strip() for name in given.split(",") if name.strip())
