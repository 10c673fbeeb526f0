"""Workbooks are read cell by cell, one sheet at a time, and hostile ones are refused."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from desensitize.errors import TableError
from desensitize.tables import FileForm, Limits, TableInfo, convert_in_child
from tests.given.workbooks import packed, sheet, workbook

MOMENT = datetime.fromisoformat("2024-01-02T03:04:05")
ROWS = sheet(("id", "name"), ("007", "张三"), ("008", "李四"))


def read(
    content: bytes, folder: Path, *, filename: str = "t.xlsx", sheet: str = "", **limits: Any
) -> TableInfo:
    source = folder / "upload"
    source.write_bytes(content)
    return convert_in_child(
        source, folder / "t.parquet", filename=filename, limits=Limits(**limits), sheet=sheet
    )


def refused(content: bytes, folder: Path, **options: Any) -> str:
    with pytest.raises(TableError) as refusal:
        read(content, folder, **options)
    assert [path.name for path in folder.iterdir()] == ["upload"]
    return refusal.value.code


def test_what_an_office_writes_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([])
    page.append([None, "编号", "day", "moment", "amount", "count", "合计\n(元)", "state", None])
    page.append([None, "00123", date(2024, 2, 29), MOMENT, 0.1 + 0.2, 7, 1])
    page.append([])
    page.append([None, "00124", date(2024, 3, 1), None, 2.5, -1, None, "#N/A"])
    page.append([None, "00125", date(2024, 3, 2), None, 2.25, 0, 3, "open"])
    page.merge_cells("G5:G6")
    book.save(tmp_path / "book.xlsx")
    info = read((tmp_path / "book.xlsx").read_bytes(), tmp_path)
    table = pl.read_parquet(tmp_path / "t.parquet")
    assert info.form == FileForm("xlsx", sheet="Sheet", sheets=1, error_cells=1)
    assert table.columns == ["编号", "day", "moment", "amount", "count", "合计 (元)", "state"]
    assert table["编号"].to_list() == ["00123", "00124", "00125"]
    assert table["day"].to_list() == [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)]
    assert table["moment"].to_list() == [MOMENT, None, None]
    assert table["amount"].cast(pl.Float64).to_list() == [0.3, 2.5, 2.25]
    assert table["count"].to_list() == [7, -1, 0]
    # The merged cells below the first one are empty.
    assert table["合计 (元)"].to_list() == [1, None, None]
    assert table["state"].to_list() == [None, None, "open"]


def test_a_formula_counts_by_its_last_value(tmp_path: Path) -> None:
    body = sheet(("sum",)) + "<row><c><f>1+1</f><v>2</v></c></row>"
    read(workbook(body), tmp_path)
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == [(2,)]


def test_the_first_visible_sheet_with_content_is_read_or_the_one_named(tmp_path: Path) -> None:
    book = workbook("", sheet(("secret",), (1,)), ROWS, sheet(("x",), (5,)), hidden=(1,))
    assert read(book, tmp_path).form == FileForm("xlsx", sheet="S3", sheets=4)
    assert read(book, tmp_path, sheet="S4").columns[0].name == "x"
    # Who names a hidden sheet wants it.
    assert read(book, tmp_path, sheet="S2").columns[0].name == "secret"


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refusal:
        read(workbook(ROWS, ROWS), tmp_path, sheet="none")
    assert refusal.value.code == "unknown-sheet"
    assert refusal.value.parameters == {"sheet": "none", "sheets": "S1, S2"}


def test_macros_are_never_run_and_their_workbook_is_read(tmp_path: Path) -> None:
    book = workbook(ROWS, parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    read(book, tmp_path, filename="t.xlsm")
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == [("007", "张三"), ("008", "李四")]


def test_a_million_rows_without_cells_cost_nothing(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{number}"/>' for number in range(4, 1_048_577))
    assert read(workbook(ROWS + empty), tmp_path).rows == 2


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "laughs": (workbook(ROWS, before=DOCTYPE), "unsafe-workbook"),
    "wide-laughs": (
        workbook("", parts={"xl/worksheets/extra.xml": DOCTYPE.encode("utf-16")}),
        "unsafe-workbook",
    ),
    "two-far-corners": (workbook(FAR), "reader-out-of-memory"),
    "header-only": (workbook(sheet(("a", "b"))), "no-rows"),
    "nothing": (workbook(""), "empty-workbook"),
    "all-hidden": (workbook(ROWS, hidden=(0,)), "empty-workbook"),
    "unnamed": (workbook(sheet(("title", None), ("a", "b"))), "unnamed-column"),
    "twice": (workbook(sheet(("a", "A "), (1, 2))), "duplicate-column"),
    "no-parts": (packed({"a.txt": b"x"}), "corrupt-workbook"),
    "cut": (workbook(ROWS)[:-40], "corrupt-workbook"),
    "not-xml": (workbook("<row><c><v>1</row>"), "corrupt-workbook"),
    "long-number": (
        workbook(sheet(("id",)) + '<row r="2"><c r="A2"><v>1.1010119900101E+17</v></c></row>'),
        "digits-lost",
    ),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", "not-a-table"),
    "bomb": (lambda: workbook(sheet(("a",), ("x" * 40_000_000,))), "expands-too-much"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0" + bytes(5000) + "EncryptedPackage".encode("utf-16-le"),
        "locked-workbook",
    ),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(5000), "wrong-content"),
}


@pytest.mark.drawn(7)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused(name: str, tmp_path: Path) -> None:
    content, code = HOSTILE[name]
    # Not every process that collects the tests shall pack what takes long.
    made = content if isinstance(content, bytes) else content()
    assert refused(made, tmp_path) == code


@pytest.mark.parametrize("filename", ["a.xls", "a.XLS", "a.et", "a.ods", "a.xlsb"])
def test_other_workbooks_are_told_what_to_save_as(filename: str, tmp_path: Path) -> None:
    # Many programs name a web page so.
    assert refused(b"<html><table>", tmp_path, filename=filename) == "other-workbook"


def test_limits_hold_for_sheets(tmp_path: Path) -> None:
    assert refused(workbook(ROWS), tmp_path, max_rows=1) == "too-many-rows"
    assert refused(workbook(ROWS), tmp_path, max_columns=1) == "too-many-columns"
