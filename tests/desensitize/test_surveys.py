"""Tables as offices send them are looked at first, and read as was proposed or said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import TableError
from desensitize.tables import FileForm, Limits, Reading, Survey, convert, survey, survey_in_child
from desensitize.tables.days import FORMS, DayForms
from tests.given.untidy import RAGGED, insured
from tests.given.workbooks import sheet, workbook


def look(
    content: bytes | str,
    folder: Path,
    *,
    name: str = "t.csv",
    reading: Reading | None = None,
    former: Reading | None = None,
) -> Survey:
    source = folder / "upload"
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    return survey(
        source,
        folder / "t.parquet",
        filename=name,
        limits=Limits(),
        reading=reading,
        former=former,
    )


def table(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "t.parquet")


def kinds(seen: Survey) -> dict[int, str]:
    return {row.number: row.kind for row in (*seen.head, *seen.odd, *seen.tail)}


def test_workbook_of_an_office_is_taken_as_it_is(tmp_path: Path) -> None:
    seen = look(insured(rows=5_000), tmp_path, name="t.xlsx")
    told = seen.reading
    assert (told.header, told.rows_out, told.sheet) == (3, (5004, 5005), "参保")
    assert told.names == ("人员编号", "性别", "出生日期", "金额", "金额_2")
    assert told.days == ("", "", "%Y年%m月%d日", "", "")
    assert [column.oddity for column in seen.columns] == ["", "", "", "twice", "twice"]
    found = kinds(seen)
    assert (found[1], found[2], found[3], found[4]) == ("title", "title", "header", "data")
    assert (found[5004], found[5005]) == ("total", "note")
    read = table(tmp_path)
    assert read.height == 5_000
    assert read["出生日期"].dtype == pl.Date
    assert read["出生日期"][0] == date(2001, 1, 3)
    assert seen.info is not None
    assert [column.dtype for column in seen.info.columns] == [
        "integer", "text", "date", "integer", "decimal",
    ]  # fmt: skip


def test_text_in_gb18030_with_titles_is_taken_as_it_is(tmp_path: Path) -> None:
    content = "某市企业名单\n编号;名称;日期\n1;甲;20240101\n2;乙;20240102\n合计;;\n"
    seen = look(content.encode("gb18030"), tmp_path)
    assert seen.form == FileForm("csv", encoding="gb18030", separator=";")
    assert (seen.reading.header, seen.reading.rows_out) == (2, (5,))
    assert table(tmp_path)["日期"].to_list() == [date(2024, 1, 1), date(2024, 1, 2)]


def test_ragged_rows_are_told_and_wait_for_a_choice(tmp_path: Path) -> None:
    seen = look(RAGGED, tmp_path)
    assert (seen.short, seen.long, seen.refusal, seen.info) == (1, 1, "ragged-row", None)
    assert [(row.number, row.kind) for row in seen.odd] == [(3, "short"), (4, "long")]
    assert not (tmp_path / "t.parquet").exists()
    filled = look(RAGGED, tmp_path, reading=replace(seen.reading, ragged="fill"))
    assert filled.info is not None
    assert table(tmp_path).rows() == [(1, "甲", 5), (2, "乙", None), (4, "丁", 8)]
    look(RAGGED, tmp_path, reading=replace(seen.reading, ragged="leave_out"))
    assert table(tmp_path)["编号"].to_list() == [1, 4]


def test_empty_cells_behind_the_last_column_are_no_ragged_rows(tmp_path: Path) -> None:
    seen = look("a,b\n1,2,\n3,4,,\n", tmp_path)
    assert (seen.short, seen.long) == (0, 0)
    assert table(tmp_path).rows() == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    ("header", "names", "oddities"),
    [
        ("金额,金额,金额", ("金额", "金额_2", "金额_3"), ["twice"] * 3),
        ("编号,,名称", ("编号", "第2列", "名称"), ["", "unnamed", ""]),
        ("id,,name", ("id", "column_2", "name"), ["", "unnamed", ""]),
        ("a,A,a_2", ("a", "A_2", "a_2_2"), ["twice", "twice", ""]),
        ("a\u202eb,c,d", ("ab", "c", "d"), ["changed", "", ""]),
    ],
)
def test_names_that_no_column_can_have_are_proposed_anew(
    tmp_path: Path, header: str, names: tuple[str, ...], oddities: list[str]
) -> None:
    seen = look(f"{header}\n1,2,3\n4,5,6\n", tmp_path)
    assert seen.reading.names == names
    assert [column.oddity for column in seen.columns] == oddities
    assert tuple(table(tmp_path).columns) == names


def test_column_that_holds_nothing_and_has_no_name_is_left_out(tmp_path: Path) -> None:
    seen = look("a,,c\n1,,2\n", tmp_path)
    assert (seen.reading.names, seen.columns[1].oddity) == (("a", "", "c"), "empty")
    assert table(tmp_path).columns == ["a", "c"]


def test_names_that_are_said_are_kept_to(tmp_path: Path) -> None:
    seen = look("金额,金额\n1,2\n", tmp_path)
    look("金额,金额\n1,2\n", tmp_path, reading=replace(seen.reading, names=("收入", "")))
    assert table(tmp_path).to_dict(as_series=False) == {"收入": [1]}
    twice = look("金额,金额\n1,2\n", tmp_path, reading=replace(seen.reading, names=("x", "X")))
    assert (twice.refusal, twice.info) == ("duplicate-column", None)


def test_total_in_the_middle_and_kept_total(tmp_path: Path) -> None:
    content = "地区,人数\n甲,1\n小计,1\n乙,2\n总计,3\n"
    seen = look(content, tmp_path)
    assert seen.reading.rows_out == (3, 5)
    assert table(tmp_path)["人数"].to_list() == [1, 2]
    look(content, tmp_path, reading=replace(seen.reading, rows_out=(5,), kept=()))
    assert table(tmp_path)["地区"].to_list() == ["甲", "小计", "乙"]


def test_next_table_is_read_as_the_last_one_was(tmp_path: Path) -> None:
    first = look(insured(rows=5), tmp_path, name="t.xlsx")
    said = replace(
        first.reading, names=("编号", "性别", "出生日期", "收入", "支出"), kept=("total",)
    )
    second = look(insured(rows=9), tmp_path, name="t.xlsx", former=said)
    assert second.reading.names == said.names
    # The total stays, as was said; the remark, in another row now, is left out.
    assert second.reading.rows_out == (14,)
    assert table(tmp_path)["编号"].to_list()[-1] == "合计"
    other = look("x,y\n1,2\n", tmp_path, former=said)
    assert other.reading.names == ("x", "y")


@pytest.mark.parametrize(
    "content",
    [
        "2019,2020,2021\na,b,c\n",
        "a;b\n1;2\n",
        "a\n1\n\n2\n",
        'name,note\nx,"one\ntwo"\ny,z\n',
        "x,y\n合格,1\n总部,2\n",
        "单位,金额\n总计划处,1\n",
    ],
)
def test_plain_table_is_read_as_it_always_was(tmp_path: Path, content: str) -> None:
    """What the strict reader takes needs no mending, and comes out the same, byte by byte."""
    source = tmp_path / "plain"
    source.write_text(content, encoding="utf-8")
    convert(source, tmp_path / "strict.parquet", filename="t.csv", limits=Limits())
    seen = look(content, tmp_path)
    assert (seen.reading.rows_out, seen.reading.header) == ((), 1)
    assert (tmp_path / "t.parquet").read_bytes() == (tmp_path / "strict.parquet").read_bytes()


def test_proposed_days_that_do_not_fit_all_rows_stay_text(tmp_path: Path) -> None:
    rows = "".join(f"2024.1.{number % 28 + 1}\n" for number in range(2_500))
    seen = look(f"day\n{rows}soon\n", tmp_path)
    assert seen.reading.days == ("",)
    assert table(tmp_path)["day"].dtype == pl.String
    said = look(f"day\n{rows}soon\n", tmp_path, reading=replace(seen.reading, days=("%Y.%m.%d",)))
    assert (said.refusal, said.figures) == ("days-unfit", {"column": "day"})


@pytest.mark.parametrize(
    ("header", "values", "form"),
    [
        ("日期", ["2024年1月3日"], "%Y年%m月%d日"),
        ("day", ["2024-1-3", "2024-01-04"], "%Y-%m-%d"),
        ("day", ["2024-01-03"], ""),
        ("日期", ["20240103"], "%Y%m%d"),
        ("编号", ["20240103"], ""),
        ("day", ["13/02/2024"], "%d/%m/%Y"),
        ("day", ["03/02/2024"], ""),
        ("day", ["2024.02.30"], ""),
        ("day", [], ""),
    ],
)
def test_days_are_proposed_only_where_one_form_fits(
    header: str, values: list[str], form: str
) -> None:
    days = DayForms(header)
    for value in values:
        days.take(value)
    assert days.found() == form


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(FORMS))
def test_each_form_reads_what_it_writes(day: date, form: str) -> None:
    text = form.replace("%Y", f"{day:%Y}").replace("%m", f"{day:%m}").replace("%d", f"{day:%d}")
    [read] = pl.Series([text]).str.to_date(form)
    assert read == day
    days = DayForms("日期")
    days.take(text)
    assert days.are_days


@pytest.mark.parametrize(
    "change",
    [
        {"encoding": "rot13"},
        {"separator": "x"},
        {"header": -1},
        {"ragged": "guess"},
        {"rows_out": tuple(range(1, 2_000))},
        {"names": ("a", "b"), "days": ("",)},
    ],
)
def test_reading_that_is_none_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(TableError) as refusal:
        look("a,b\n1,2\n", tmp_path, reading=replace(Reading(), **change))  # type: ignore[arg-type]
    assert refusal.value.code == "reading-unfit"


@pytest.mark.parametrize("names", [("a",), ("a", "b", "c"), ("", "")])
def test_names_for_other_columns_make_no_table(tmp_path: Path, names: tuple[str, ...]) -> None:
    seen = look("a,b\n1,2\n", tmp_path, reading=Reading(header=1, names=names))
    assert seen.info is None
    assert seen.refusal in ("reading-unfit", "ragged-row")


def test_other_sheet_is_read_where_it_is_said(tmp_path: Path) -> None:
    book = workbook(sheet(("a",), (1,)), sheet(("b", "c"), (2, 3)), names=("One", "Two"))
    first = look(book, tmp_path, name="t.xlsx")
    assert (first.sheets, first.reading.sheet) == (("One", "Two"), "One")
    look(book, tmp_path, name="t.xlsx", reading=Reading(sheet="Two"))
    assert table(tmp_path).columns == ["b", "c"]
    with pytest.raises(TableError) as refusal:
        look(book, tmp_path, name="t.xlsx", reading=Reading(sheet="Three"))
    assert refusal.value.code == "unknown-sheet"


def test_child_says_what_this_process_would(tmp_path: Path) -> None:
    here = look(RAGGED, tmp_path)
    there = survey_in_child(
        tmp_path / "upload", tmp_path / "child.parquet", filename="t.csv", limits=Limits()
    )
    assert there == here
    said = replace(here.reading, ragged="fill")
    read = survey_in_child(
        tmp_path / "upload",
        tmp_path / "child.parquet",
        filename="t.csv",
        limits=Limits(),
        reading=said,
    )
    assert read.info is not None
    assert pl.read_parquet(tmp_path / "child.parquet").height == read.info.rows == 3


def test_stranger_cells_are_told_short_and_visible(tmp_path: Path) -> None:
    seen = look(f"a,b\n{'x' * 5_000},\u202e1\n", tmp_path)
    [row] = [row for row in seen.head if row.kind == "data"]
    assert len(row.cells[0]) == 60
    assert row.cells[1].isprintable()
