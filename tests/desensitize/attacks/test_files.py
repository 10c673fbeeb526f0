"""What a file holds beside its rows: bytes, entries, other sheets."""

from __future__ import annotations

import json
import random
from pathlib import Path

import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from openpyxl.comments import Comment

from benchmarks.labelled.numbers import mobile_number, resident_id
from desensitize.attacks import Release
from desensitize.attacks.footer import metadata_findings
from desensitize.attacks.layout import spare_bytes
from desensitize.attacks.pages import page_findings
from desensitize.attacks.position import position
from desensitize.attacks.values import encode_columns
from desensitize.attacks.workbook import workbook_findings
from desensitize.cli import main

ROWS = 400
BYTES = "it holds bytes that belong to none of its columns"


def people() -> pl.DataFrame:
    """Invent people with names and numbers of their own."""
    source = random.Random(5)
    names = [
        f"{source.choice('王李张刘陈')}{source.choice('伟芳娜敏静丽')}{source.choice('华明宇婷文')}"
        for _ in range(ROWS)
    ]
    return pl.DataFrame(
        {
            "name": names,
            "id_number": [resident_id(source) for _ in range(ROWS)],
            "mobile": [mobile_number(source) for _ in range(ROWS)],
            "sex": source.choices("fm", k=ROWS),
            "town": source.choices(("a", "b", "c"), k=ROWS),
        }
    )


PEOPLE = people()
RELEASED = PEOPLE.select("sex", "town").sample(fraction=1, shuffle=True, seed=2)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"write_page_index": True},
        {"use_dictionary": False, "data_page_version": "2.0"},
        {"row_group_size": 50, "data_page_size": 100, "write_page_index": True},
        {"bloom_filter_options": {"town": True}},
    ],
    ids=str,
)
def test_bytes_of_no_column_are_counted(options: dict, tmp_path: Path) -> None:
    """However many indexes and filters a file has, and whatever it says of their length."""
    path = tmp_path / "released.parquet"
    pq.write_table(RELEASED.to_arrow(), path, **options)
    with path.open("rb") as file:
        assert spare_bytes(file) == 0
    assert page_findings(path) == []
    whole, hidden = path.read_bytes(), b"13803876301"
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    path.write_bytes(whole[:-footer] + hidden + whole[-footer:])
    with path.open("rb") as file:
        assert spare_bytes(file) == len(hidden)
    assert page_findings(path) == [BYTES]


def compact(number: int) -> bytes:
    """Write a number as Thrift does: zigzag, seven bits a byte, the lowest first."""
    rest, written = 2 * number, b""
    while rest > 127:
        rest, written = rest >> 7, written + bytes([rest & 127 | 128])
    return written + bytes([rest])


def test_a_length_is_not_believed(tmp_path: Path) -> None:
    """The footer says that the last index is as long as what is hidden behind it, too."""
    path = tmp_path / "released.parquet"
    pq.write_table(RELEASED.select("sex").to_arrow(), path, write_page_index=True)
    whole, hidden = path.read_bytes(), b"13803876301"
    at = len(whole) - int.from_bytes(whole[-8:-4], "little") - 8
    [length] = [one for one in range(60) if whole[at:].count(places(at - one, one)) == 1]
    longer = whole[at:-8].replace(places(at - length, length), places(at - length, length + 11))
    path.write_bytes(whole[:at] + hidden + longer + whole[-8:])
    assert pl.read_parquet(path).height == ROWS
    assert page_findings(path) == [BYTES]


def places(start: int, length: int) -> bytes:
    """Write where an index begins and how long it is, as fields 4 and 5 of a column."""
    return b"\x16" + compact(start) + b"\x15" + compact(length)


def test_files_of_other_writers_hold_nothing_more(tmp_path: Path) -> None:
    """Polars repeats behind each column what the footer says of it."""
    path = tmp_path / "released.parquet"
    for size in (None, 50):
        RELEASED.with_columns(long=pl.lit("x" * 9_000)).write_parquet(path, row_group_size=size)
        assert page_findings(path) == []
    whole = path.read_bytes()
    place = whole.index(b"\x03sex", 4)
    path.write_bytes(whole[:place] + b"\x03sez" + whole[place + 4 :])
    assert page_findings(path) == [BYTES]


PANDAS = {
    "index_columns": [{"kind": "range", "name": None, "start": 0, "stop": ROWS, "step": 1}],
    "columns": [{"name": "sex", "field_name": "sex", "metadata": None}],
    "creator": {"library": "pyarrow", "version": "14.0.0"},
}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("seen by " + PEOPLE["id_number"][7], "holds values of the column “id_number”"),
        ("first: " + ", ".join(PEOPLE["name"][:9]), "holds values of the column “name”"),
        (PEOPLE["name"][0], None),
        (json.dumps(PANDAS), None),
        (json.dumps({**PANDAS, "index_columns": ["mobile"]}), "names the column “mobile”"),
        (json.dumps({"mobile": {"levels": 3}}), "names the column “mobile”"),
        (json.dumps({"town": ["a", "b", "c"]}), None),
    ],
)
def test_values_and_names_in_metadata(entry: str, told: str | None, tmp_path: Path) -> None:
    """What programs write of any table is no name of a column, though one is called so."""
    source, path = tmp_path / "source.parquet", tmp_path / "released.parquet"
    PEOPLE.write_parquet(source)
    pq.write_table(RELEASED.to_arrow().replace_schema_metadata({"pandas": entry}), path)
    found = metadata_findings(path, source, encode_columns(source))
    assert len(found) == (told is not None)
    assert told is None or told in found[0]


def test_a_number_of_a_person_as_the_name_of_a_column(tmp_path: Path) -> None:
    source, path = tmp_path / "source.parquet", tmp_path / "released.parquet"
    PEOPLE.write_parquet(source)
    RELEASED.with_columns(pl.lit("x").alias(PEOPLE["mobile"][3])).write_parquet(path)
    assert metadata_findings(path, source, encode_columns(source)) == [
        "the name of a column holds values of the column “mobile”"
    ]


def workbook(path: Path) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append(RELEASED.columns)
    for row in RELEASED.rows():
        book.active.append(row)
    book.create_sheet("empty")
    book.save(path)
    return book


def test_a_workbook_that_holds_more_than_its_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows of one sheet are the release; whoever gets the file opens the others too."""
    path, source = tmp_path / "released.xlsx", tmp_path / "source.parquet"
    book = workbook(path)
    assert workbook_findings(path) == []
    sheet = book["empty"]
    sheet.append(PEOPLE.row(0))
    sheet.sheet_state = "hidden"
    book.active["A2"].comment = Comment(PEOPLE["name"][0], "x")
    book.save(path)
    told = ["it holds 2 sheets with cells", "it holds comments beside its cells"]
    assert workbook_findings(path) == told
    PEOPLE.write_parquet(source)
    RELEASED.write_parquet(tmp_path / "released.parquet")
    attack = position(Release(source, tmp_path / "released.parquet", written=path), limit=0.05)
    assert [one.parameters["what"] for one in attack.breaks] == told
    assert main(["attack", str(source), str(path), "--qi", "sex,town", "--sensitive", ""]) == 3
    assert "2 sheets with cells" in capsys.readouterr().out


def test_metadata_that_no_text_is_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "released.parquet"
    pq.write_table(RELEASED.to_arrow().replace_schema_metadata({"x": b"\xff\xfe"}), path)
    assert main(["attack", str(path), str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
