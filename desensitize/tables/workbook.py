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
ROW = "\0row"
"""The number of a row in its sheet, under a name that no column has."""
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
        book = book_of(source)
        name, cells, errors = cells_of(book, sheet)
    except fastexcel.FastExcelError as error:
        raise TableError("corrupt-workbook") from error
    table = _named(cells.drop(ROW), limits)
    if table.height == 0:
        raise TableError("no-rows")
    if table.height > limits.max_rows:
        raise TableError("too-many-rows", limit=limits.max_rows)
    write_typed(table.lazy(), target)
    return FileForm("xlsx", sheet=name, sheets=len(book.sheet_names), error_cells=errors)


def book_of(source: Path) -> fastexcel.ExcelReader:
    """Open a workbook whose parts have been checked."""
    return fastexcel.read_excel(source)


def cells_of(book: fastexcel.ExcelReader, wanted: str) -> tuple[str, pl.DataFrame, int]:
    """Return the sheet that is read, its cells with the number of each row, and its error cells.

    Raises:
        TableError: `unknown-sheet` or `empty-workbook`.
    """
    if wanted and wanted not in book.sheet_names:
        raise TableError("unknown-sheet", sheet=wanted, sheets=_listed(book.sheet_names))
    for name in [wanted] if wanted else book.sheet_names:
        # As text: nothing is guessed from the first rows, and leading zeros stay. No row is
        # skipped, so that each has the number by which people know it.
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if not wanted and sheet.visible != VISIBLE:
            continue
        batch, errors = sheet.to_arrow_with_errors()
        frame = pl.DataFrame(pl.from_arrow(batch))
        if not frame.width:
            continue
        frame = (
            frame.select(
                pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)
                for column in frame.columns
            )
            .with_row_index(ROW, offset=1)
            .filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
        )
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
    return table.with_columns(days_of(table))


def days_of(table: pl.DataFrame) -> list[pl.Expr]:
    """Return the columns of a sheet, with moments that are all at midnight as days."""
    return [_days(pl.col(each.name), each) for each in table]


def _days(column: pl.Expr, values: pl.Series) -> pl.Expr:
    # A spreadsheet's day is a moment at midnight.
    if values.str.ends_with(MIDNIGHT).all():
        return column.str.strip_suffix(MIDNIGHT)
    return column
