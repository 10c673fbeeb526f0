"""Look at an upload, propose how it is read, and write the table that comes of it."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.tables.conversion import describe, unpacked_of, write_refusal
from desensitize.tables.csv_file import convert_csv
from desensitize.tables.disk import disk_refusal
from desensitize.tables.header import checked_names
from desensitize.tables.kinds import CSV, XLSX, FileKind, find_kind
from desensitize.tables.limits import FileForm, Limits
from desensitize.tables.looking import (
    Looked,
    check_reading,
    look_at_csv,
    look_at_parquet,
    look_at_workbook,
    read_cells,
    read_csv,
    write_days,
)
from desensitize.tables.parquet_file import convert_parquet
from desensitize.tables.reading import HEADER, Reading, Survey

MENDABLE = frozenset(
    {
        "ragged-row",
        "no-rows",
        "duplicate-column",
        "unnamed-column",
        "invisible-in-name",
        "column-name-too-long",
        "too-many-columns",
        "days-unfit",
        "reading-unfit",
    }
)
"""What another reading of the same file can mend."""


@dataclass(frozen=True)
class _Ready:
    """What was seen of a file, and what writes its table."""

    looked: Looked
    write: Callable[[Path], None]


def survey(
    source: Path,
    target: Path,
    *,
    filename: str,
    limits: Limits,
    reading: Reading | None = None,
    former: Reading | None = None,
) -> Survey:
    """Look at an upload and write its table as `reading` says; what that leaves open is proposed.

    `former` is how the table before was read, and is followed where the same words head the
    columns. Where the reading makes no table, the answer says why and nothing stands under
    `target`.

    Raises:
        TableError: the file is none that any reading makes a table of; the code says why.
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as work:
            return survey_within(
                Path(work),
                source,
                target,
                filename=filename,
                limits=limits,
                reading=reading,
                former=former,
            )
    except OSError as error:
        raise write_refusal(error) from error


def survey_within(
    work: Path,
    source: Path,
    target: Path,
    *,
    filename: str,
    limits: Limits,
    reading: Reading | None,
    former: Reading | None,
) -> Survey:
    """Do what `survey` does, with everything unfinished in a folder that the caller removes."""
    kind = find_kind(source, filename)
    size = source.stat().st_size
    if size > limits.max_bytes:
        raise TableError("too-large", bytes=size, limit=limits.max_bytes)
    given = reading or Reading()
    check_reading(given)
    try:
        ready = _ready(work, source, kind, limits, given, former)
        return _written(ready, work, target, was_proposed=not given.names)
    except MemoryError as error:
        raise TableError("reader-out-of-memory") from error
    except OSError as error:
        raise write_refusal(error) from error
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable-table") from error


def _ready(
    work: Path,
    source: Path,
    kind: FileKind,
    limits: Limits,
    given: Reading,
    former: Reading | None,
) -> _Ready:
    if kind.compression:
        unpacked, plain = unpacked_of(work, source, kind, limits)
        ready = _ready(work, unpacked, plain, limits, given, former)
        form = replace(ready.looked.form, compression=kind.compression)
        return replace(ready, looked=replace(ready.looked, form=form))
    if kind.kind == CSV:
        looked, text = look_at_csv(source, given, former, work)
        return _Ready(looked, lambda result: _write_text(text, result, looked, limits, work))
    if kind.kind == XLSX:
        looked, cells = look_at_workbook(source, given, former, limits)
        told = looked.seen.reading
        return _Ready(looked, lambda result: read_cells(cells, result, told, limits))
    read = work / "parquet"
    convert_parquet(source, read, limits)
    return _Ready(
        look_at_parquet(read, FileForm(kind.kind)), lambda result: os.replace(read, result)
    )


def _write_text(text: Path, target: Path, looked: Looked, limits: Limits, work: Path) -> None:
    told = looked.seen.reading
    if _is_literal(looked, limits):
        # As it stands: the fast way, which leaves every byte of a field as it is.
        try:
            convert_csv(text, target, limits, work, separator=told.separator)
        except TableError as error:
            # Empty cells behind the last column are not ragged here.
            if error.code != "ragged-row" or looked.seen.short or looked.seen.long:
                raise
        else:
            return
    read_csv(text, target, told, limits, work)


def _is_literal(looked: Looked, limits: Limits) -> bool:
    told, head = looked.seen.reading, looked.seen.head
    if told.rows_out or told.ragged or not head or head[0].kind != HEADER:
        return False
    try:
        return checked_names(told.headers, limits) == told.names
    except TableError:
        return False


def _written(ready: _Ready, work: Path, target: Path, *, was_proposed: bool) -> Survey:
    looked, seen = ready.looked, ready.looked.seen
    result = work / "result.parquet"
    answer = Survey(
        looked.form,
        looked.sheets,
        seen.reading,
        tuple(seen.head),
        tuple(seen.tail),
        tuple(seen.odd),
        seen.columns,
        seen.short,
        seen.long,
    )
    try:
        ready.write(result)
        told = write_days(result, seen.reading, work, was_proposed=was_proposed)
    except TableError as error:
        if error.code not in MENDABLE:
            raise
        figures = {name: str(value) for name, value in error.parameters.items()}
        return replace(answer, refusal=error.code, figures=figures)
    info = describe(result, looked.form)
    os.replace(result, target)
    return replace(answer, reading=told, info=info)
