"""Turn one sheet of an Excel workbook into Parquet; macros and links are never followed."""

from pathlib import Path

import fastexcel
import polars as pl

from desensitize.errors import TableError
from desensitize.tables.header import checked_names
from desensitize.tables.limits import FileForm, Limits
from desensitize.tables.typing import write_typed
from desensitize.tables.workbook_parts import check_parts

VISIBLE = "visible"
LONGEST_SHOWN = 31
MOST_SHOWN = 10
LONE_COLUMN = "A"
MIDNIGHT = " 00:00:00"


def convert_workbook(source: Path, target: Path, limits: Limits, sheet: str = "") -> FileForm:
    """Write a sheet as Parquet: the one named, or the first visible one that holds anything.

    Formulas count by the value that the spreadsheet last computed, merged cells by their first
    cell; error cells are read as empty and counted. The first row that holds anything is the
    header, but a sheet of a single cell is a table of one value. Rows and unnamed columns without
    any value are left out.

    Raises:
        TableError: as `check_parts`; also `unknown-sheet`, `empty-workbook`, `no-rows`,
            `too-many-rows`, or what is wrong with the names of the header.
    """
    check_parts(source, limits)
    try:
        book = fastexcel.read_excel(source)
        name, cells, errors = _cells(book, sheet)
    except fastexcel.FastExcelError as error:
        raise TableError("corrupt-workbook") from error
    table = _named(cells, limits)
    if table.height == 0:
        raise TableError("no-rows")
    if table.height > limits.max_rows:
        raise TableError("too-many-rows", limit=limits.max_rows)
    write_typed(table.lazy(), target)
    return FileForm("xlsx", sheet=name, sheets=len(book.sheet_names), error_cells=errors)


def _cells(book: fastexcel.ExcelReader, wanted: str) -> tuple[str, pl.DataFrame, int]:
    if wanted and wanted not in book.sheet_names:
        raise TableError("unknown-sheet", sheet=wanted, sheets=_listed(book.sheet_names))
    for name in [wanted] if wanted else book.sheet_names:
        # As text: nothing is guessed from the first rows, and leading zeros stay.
        sheet = book.load_sheet(name, header_row=None, dtypes="string")
        if not wanted and sheet.visible != VISIBLE:
            continue
        batch, errors = sheet.to_arrow_with_errors()
        frame = pl.DataFrame(pl.from_arrow(batch))
        frame = frame.select(
            pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)
            for column in frame.columns
        ).filter(~pl.all_horizontal(pl.all().is_null()))
        if frame.height:
            return name, frame, len(errors.errors) if errors else 0
    raise TableError("empty-workbook")


def _listed(names: list[str]) -> str:
    # A stranger's words: few, short and visible.
    shown = ["".join(filter(str.isprintable, name))[:LONGEST_SHOWN] for name in names]
    return ", ".join(shown[:MOST_SHOWN]) + (", …" if len(shown) > MOST_SHOWN else "")


def _named(cells: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    header, rows = cells.row(0), cells.slice(1)
    kept = [
        position
        for position, name in enumerate(header)
        if name is not None or rows[:, position].null_count() < rows.height
    ]
    if rows.height == 0 and len(kept) == 1:
        # A single cell heads nothing: it is a value, in a column named as the sheet names it.
        return cells[:, kept].rename({cells.columns[kept[0]]: LONE_COLUMN})
    names = checked_names([header[position] or "" for position in kept], limits)
    table = rows[:, kept]
    table.columns = list(names)
    return table.with_columns(_days(pl.col(name), table[name]) for name in names)


def _days(column: pl.Expr, values: pl.Series) -> pl.Expr:
    # A spreadsheet's day is a moment at midnight.
    if values.str.ends_with(MIDNIGHT).all():
        return column.str.strip_suffix(MIDNIGHT)
    return column
