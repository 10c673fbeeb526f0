"""Look at an upload, say how it is read, and read it so, in this process."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import fastexcel
import polars as pl

from desensitize.errors import TableError
from desensitize.tables.csv_file import convert_csv, unicode_copy
from desensitize.tables.csv_rows import SEPARATORS, CsvRows, separator_of
from desensitize.tables.header import checked_names
from desensitize.tables.limits import FileForm, Limits
from desensitize.tables.reading import MOST_ROWS_OUT, RAGGED, Reading, SeenColumn, SeenRow
from desensitize.tables.surveying import RaggedRow, Seen, kept_rows, survey_rows, visible_name
from desensitize.tables.typing import write_typed
from desensitize.tables.workbook import book_of, cells_of, days_of
from desensitize.tables.workbook_parts import check_parts

VOTING_LINES = 20
LINE_BYTES = 1024**2
WORDS_BEFORE = frozenset({"", "utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"})


@dataclass(frozen=True)
class Looked:
    """What was seen of a file of one kind, before it is read."""

    form: FileForm
    sheets: tuple[str, ...]
    seen: Seen


def check_reading(reading: Reading) -> None:
    """Refuse a reading that says what no file can be read by.

    Raises:
        TableError: `reading-unfit`, with the part that is wrong.
    """
    wrong = {
        "encoding": reading.encoding not in WORDS_BEFORE,
        "separator": len(reading.separator) > 1 or reading.separator not in SEPARATORS,
        "header": reading.header < 0,
        "ragged": reading.ragged not in RAGGED,
        "rows": len(reading.rows_out) > MOST_ROWS_OUT,
        "columns": bool(reading.days) and len(reading.days) != len(reading.names),
    }
    for part, is_wrong in wrong.items():
        if is_wrong:
            raise TableError("reading-unfit", part=part)


# Text.


def look_at_csv(
    source: Path, given: Reading, former: Reading | None, work: Path
) -> tuple[Looked, Path]:
    """Return what is seen of a text, and the file with its text in UTF-8.

    Raises:
        TableError: what is wrong, and on which line; rows of other lengths are not.
    """
    text, encoding = unicode_copy(source, work, given.encoding)
    separator = given.separator or _separator(text)
    seen = survey_rows(_text_rows(text, separator), given, former=former)
    reading = replace(seen.reading, encoding=encoding, separator=separator)
    seen.reading = reading
    form = FileForm("csv", encoding=encoding, separator=separator)
    return Looked(form, (), seen), text


def _separator(text: Path) -> str:
    """Return the separator by which most of the first lines go; titles have none."""
    votes: Counter[str] = Counter()
    with text.open("rb") as file:
        for _ in range(VOTING_LINES):
            line = file.readline(LINE_BYTES).decode("utf-8", errors="replace")
            found = separator_of(line)
            if found in line:
                votes[found] += 1
    return votes.most_common(1)[0][0] if votes else SEPARATORS[0]


def _text_rows(text: Path, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    rows = CsvRows(text, "utf-8-sig", separator=separator, takes_ragged=True)
    for cells in rows:
        yield rows.line, cells


def read_csv(text: Path, target: Path, reading: Reading, limits: Limits, work: Path) -> None:
    """Write the table of a text in UTF-8 as Parquet, as a reading says.

    Raises:
        TableError: what is wrong, and on which line.
    """
    mended = work / "mended.csv"
    names = _names_of(reading, limits)
    kept = [position for position, name in enumerate(reading.names) if name]
    rows = kept_rows(_text_rows(text, reading.separator), reading, len(reading.names))
    count = 0
    with mended.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        try:
            for cells in rows:
                count += 1
                if count > limits.max_rows:
                    raise TableError("too-many-rows", limit=limits.max_rows)
                writer.writerow([cells[position] for position in kept])
        except RaggedRow as row:
            raise _ragged(row) from row
    if not count:
        raise TableError("no-rows")
    convert_csv(mended, target, limits, work, separator=",")


def _ragged(row: RaggedRow) -> TableError:
    return TableError("ragged-row", line=row.line, found=row.found, expected=row.expected)


def _names_of(reading: Reading, limits: Limits) -> tuple[str, ...]:
    names = [name for name in reading.names if name]
    if not names:
        raise TableError("reading-unfit", part="columns")
    return checked_names(names, limits)


# Workbooks.


def look_at_workbook(
    source: Path, given: Reading, former: Reading | None, limits: Limits
) -> tuple[Looked, pl.DataFrame]:
    """Return what is seen of a sheet, and its cells with the number of their row.

    Raises:
        TableError: as `workbook.convert_workbook`, but for what is wrong with names.
    """
    check_parts(source, limits)
    try:
        book = book_of(source)
        wanted = given.sheet
        if not wanted and former is not None and former.sheet in book.sheet_names:
            wanted = former.sheet
        name, cells, errors = cells_of(book, wanted)
    except fastexcel.FastExcelError as error:
        raise TableError("corrupt-workbook") from error
    width = cells.width - 1
    if width > limits.max_columns:
        cells, width = _without_empty(cells), 0
        width = cells.width - 1
    if width > limits.max_columns:
        raise TableError("too-many-columns", columns=width, limit=limits.max_columns)
    seen = survey_rows(_cell_rows(cells), given, former=former, width=width)
    seen.reading = replace(seen.reading, sheet=name)
    form = FileForm("xlsx", sheet=name, sheets=len(book.sheet_names), error_cells=errors)
    return Looked(form, tuple(book.sheet_names), seen), cells


def _without_empty(cells: pl.DataFrame) -> pl.DataFrame:
    return cells[[each.name for each in cells if each.null_count() < cells.height]]


def _cell_rows(cells: pl.DataFrame) -> Iterator[tuple[int, Sequence[str]]]:
    for number, *row in cells.iter_rows():
        yield number, ["" if cell is None else cell for cell in row]


def read_cells(cells: pl.DataFrame, target: Path, reading: Reading, limits: Limits) -> None:
    """Write the cells of a sheet as Parquet, as a reading says.

    Raises:
        TableError: `no-rows`, `too-many-rows`, or what is wrong with the names.
    """
    names = _names_of(reading, limits)
    number = cells.columns[0]
    rows = cells.filter(
        (pl.col(number) > reading.header)
        & ~pl.col(number).is_in(pl.Series(reading.rows_out, dtype=pl.Int64).implode())
    )
    if len(reading.names) != cells.width - 1:
        raise TableError("reading-unfit", part="columns")
    kept = [position for position, name in enumerate(reading.names, start=1) if name]
    table = rows[:, kept]
    table.columns = list(names)
    table = table.filter(~pl.all_horizontal(pl.all().is_null()))
    if table.height == 0:
        raise TableError("no-rows")
    if table.height > limits.max_rows:
        raise TableError("too-many-rows", limit=limits.max_rows)
    write_typed(table.with_columns(days_of(table)).lazy(), target)


# Parquet.


def look_at_parquet(table: Path, form: FileForm) -> Looked:
    """Return what is seen of a table that has been read already: it says itself how."""
    frame = pl.scan_parquet(table)
    names = tuple(frame.collect_schema().names())
    shown = frame.head(3).collect().cast(pl.String, strict=False)
    columns = tuple(
        SeenColumn(visible_name(name), "", tuple(map(_short, shown[name].drop_nulls())))
        for name in names
    )
    rows = [
        SeenRow(number, "data", tuple(_short(cell or "") for cell in row), len(names))
        for number, row in enumerate(shown.iter_rows(), start=1)
    ]
    reading = Reading(headers=names, names=names, days=("",) * len(names))
    return Looked(form, (), Seen(reading, columns, rows))


def _short(cell: str) -> str:
    return "".join(one if one.isprintable() else " " for one in cell[:60])


# Days.


def write_days(table: Path, reading: Reading, work: Path, *, was_proposed: bool) -> Reading:
    """Turn the text of columns into days, in the form that a reading says for each.

    Where the form was only proposed and does not fit all values, the column stays text, and the
    reading that is answered says so.

    Raises:
        TableError: `days-unfit`, with the column.
    """
    if not any(reading.days):
        return reading
    wanted = {
        name: form for name, form in zip(reading.names, reading.days, strict=True) if name and form
    }
    frame = pl.scan_parquet(table)
    types = frame.collect_schema()
    texts = {name: pl.col(name).cast(pl.String) for name in wanted if types[name] != pl.Date}
    read = {name: text.str.to_date(wanted[name], strict=False) for name, text in texts.items()}
    lost = [(read[name].is_null() & texts[name].is_not_null()).any().alias(name) for name in texts]
    answer = frame.select(lost).collect().row(0, named=True) if lost else {}
    unfit = {name for name, is_lost in answer.items() if is_lost}
    if unfit and not was_proposed:
        raise TableError("days-unfit", column=sorted(unfit)[0])
    fit = [read[name].alias(name) for name in texts if name not in unfit]
    if fit:
        days = work / "days.parquet"
        frame.with_columns(fit).sink_parquet(days, statistics=True)
        days.replace(table)
    kept = [
        "" if name in unfit else form
        for name, form in zip(reading.names, reading.days, strict=True)
    ]
    return replace(reading, days=tuple(kept))
