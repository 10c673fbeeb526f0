"""Tables are read without losing a digit, or not at all."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import TableError
from desensitize.tables import ColumnInfo, FileForm, Limits, TableInfo, convert, convert_in_child
from desensitize.tables.export import write_csv


def read(content: bytes, folder: Path, *, limits: Limits | None = None) -> TableInfo:
    source = folder / "upload"
    source.write_bytes(content)
    return convert(source, folder / "t.parquet", filename="t.csv", limits=limits or Limits())


def types(info: TableInfo) -> list[str]:
    return [column.dtype for column in info.columns]


def test_types_are_taken_only_where_nothing_is_lost(tmp_path: Path) -> None:
    info = read(
        b"whole,zero,long,money,day,slashed,mixed,science,blank\n"
        b"7,007,123456789012345678,1.5,2024-02-29,2024/01/31,2024-01-01,1e5,\n"
        b"-8,008,1,12.25,2023-01-01,2024/02/01,2024/01/01,2,\n",
        tmp_path,
    )
    assert types(info) == [
        "integer", "text", "text", "decimal", "date", "date", "text", "text", "text",
    ]  # fmt: skip
    table = pl.read_parquet(tmp_path / "t.parquet")
    assert table["money"].cast(pl.String).to_list() == ["1.50", "12.25"]
    assert table["day"].to_list() == [date(2024, 2, 29), date(2023, 1, 1)]
    assert table["blank"].to_list() == [None, None]


def test_a_day_that_does_not_exist_keeps_the_column_text(tmp_path: Path) -> None:
    assert types(read(b"day\n2024-02-28\n2024-02-30\n", tmp_path)) == ["text"]


def test_the_answer_describes_the_written_bytes(tmp_path: Path) -> None:
    info = read("编号;姓名\n1;张三\n".encode(), tmp_path)
    written = (tmp_path / "t.parquet").read_bytes()
    assert info == TableInfo(
        rows=1,
        columns=(ColumnInfo("编号", "integer"), ColumnInfo("姓名", "text")),
        sha256=hashlib.sha256(written).hexdigest(),
        bytes=len(written),
        form=FileForm("csv", encoding="utf-8", separator=";"),
    )


@pytest.mark.parametrize(
    ("content", "code", "parameters"),
    [
        (b"a,b\n", "no-rows", {}),
        (b"\n\n", "empty-file", {}),
        (b"a,\n1,2\n", "unnamed-column", {"position": 2}),
        (b"a,b\n1,2\n\n3\n", "ragged-row", {"line": 4, "found": 1, "expected": 2}),
        (b'a,b\n1,"x\ny"\n2,3,4\n', "ragged-row", {"line": 4, "found": 3, "expected": 2}),
        (b'a,b\n1,"x"y\n', "misplaced-quote", {"line": 2}),
        (b'a\n1\n"2\n3\n4"5\n', "unclosed-quote", {"line": 3}),
        (b"a\n" + b"x" * 200_000 + b"\n", "cell-too-long", {"line": 2, "limit": 131_072}),
        (b"a\n\x00\x01\x02\n", "not-a-table", {"found": "binary data"}),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "encoding-unsupported", {"encoding": "UTF-32"}),
        ("a\u202eb\n1\n".encode(), "invisible-in-name", {"position": 1}),
        ("a,Ａ\n1,2\n".encode(), "duplicate-column", {"column": "Ａ"}),
        (b"total sum,Totalsum\n1,2\n", "duplicate-column", {"column": "Totalsum"}),
        (
            ",".join(f"c{n}" for n in range(20_000)).encode() + b"\n",
            "too-many-columns",
            {"columns": 20_000, "limit": 500},
        ),
        (b"a\n" + b"x" * 17_000_000, "line-too-long", {"line": 2, "limit": 16_777_216}),
        (b"name\ncaf\xe9\n", "encoding-unknown", {"line": 2}),
        ("a\n张三\n".encode("gb18030") * 50 + "李四\n".encode(), "encoding-mixed", {"line": 101}),
        (b'{"a": 1}', "not-a-table", {"found": "JSON"}),
        (b"x" * 201 + b"\n1\n", "column-name-too-long", {"position": 1, "limit": 200}),
    ],
)
def test_each_fault_has_its_sentence(
    content: bytes, code: str, parameters: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(TableError) as refusal:
        read(content, tmp_path)
    assert (refusal.value.code, refusal.value.parameters) == (code, parameters)
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(max_rows=2), "too-many-rows"),
        (Limits(max_columns=1), "too-many-columns"),
        (Limits(max_bytes=5), "too-large"),
    ],
)
def test_limits_hold(limits: Limits, code: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as refusal:
        read(b"a,b\n1,2\n3,4\n5,6\n", tmp_path, limits=limits)
    assert refusal.value.code == code


def test_line_ends_inside_cells_and_of_old_systems_are_kept_apart(tmp_path: Path) -> None:
    read(b'a,b\r\n"x\r\ny",1\r\np\rq,2\r\n', tmp_path)
    assert pl.read_parquet(tmp_path / "t.parquet")["a"].to_list() == ["x\ny", "p\rq"]
    read(b"a,b\rx,1\ry,2\r", tmp_path)
    assert pl.read_parquet(tmp_path / "t.parquet")["a"].to_list() == ["x", "y"]


def test_a_formula_is_stored_as_it_is_and_neutralized_for_spreadsheets(tmp_path: Path) -> None:
    read(b'=name,v\n"=HYPERLINK(""http://e.invalid"",1)",-3\n@SUM(1),4\nplain,5\n', tmp_path)
    table = tmp_path / "t.parquet"
    assert pl.read_parquet(table)[0, 0] == '=HYPERLINK("http://e.invalid",1)'
    write_csv(table, tmp_path / "out.csv")
    out = pl.read_csv(tmp_path / "out.csv")
    assert out[:, 0].to_list() == ['\'=HYPERLINK("http://e.invalid",1)', "'@SUM(1)", "plain"]
    assert out.columns == ["'=name", "v"]
    assert out["v"].to_list() == [-3, 4, 5]


def parquet(table: pa.Table, folder: Path) -> TableInfo:
    source = folder / "upload"
    pq.write_table(table, source)
    return convert(source, folder / "t.parquet", filename="t.parquet", limits=Limits())


def test_parquet_comes_out_plain_and_without_foreign_metadata(tmp_path: Path) -> None:
    table = pa.table(
        {
            "word": pa.array(["a", "b", None]).dictionary_encode(),
            "moment": pa.array([1, 2, None], pa.timestamp("ns")),
            "nothing": pa.nulls(3),
        }
    ).replace_schema_metadata({"secret": "who made this"})
    info = parquet(table, tmp_path)
    assert types(info) == ["text", "datetime", "text"]
    assert b"who made this" not in (tmp_path / "t.parquet").read_bytes()


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (pa.array([[1], [2]]), "nested-column"),
        (pa.array([{"x": 1}]), "nested-column"),
        (pa.array([b"\xff"]), "unsupported-column-type"),
        (pa.array([1], pa.duration("s")), "unsupported-column-type"),
        (pa.array([], pa.int64()), "no-rows"),
    ],
)
def test_parquet_columns_without_plain_cells_are_refused(
    column: pa.Array, code: str, tmp_path: Path
) -> None:
    with pytest.raises(TableError) as refusal:
        parquet(pa.table({"c": column}), tmp_path)
    assert refusal.value.code == code
    assert not (tmp_path / "t.parquet").exists()


def test_a_child_without_memory_or_time_is_a_refusal(tmp_path: Path) -> None:
    source = tmp_path / "upload"
    source.write_bytes(b"a,b\n" + b"some text,other text\n" * 300_000)
    with pytest.raises(TableError) as refusal:
        convert_in_child(
            source,
            tmp_path / "t.parquet",
            filename="t.csv",
            limits=Limits(max_memory_bytes=1024**2),
        )
    assert refusal.value.code in {"reader-out-of-memory", "reader-crashed"}
    with pytest.raises(TableError) as refusal:
        convert_in_child(
            source, tmp_path / "t.parquet", filename="t.csv", limits=Limits(max_seconds=0.2)
        )
    assert refusal.value.code == "reader-timed-out"
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


def test_a_result_that_outgrows_the_limit_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "upload"
    numbers = pa.table({"n": pa.array(range(1_000_000))})
    pq.write_table(
        numbers, source, use_dictionary=False, column_encoding={"n": "DELTA_BINARY_PACKED"}
    )
    limit = source.stat().st_size
    with pytest.raises(TableError) as refusal:
        convert_in_child(
            source,
            tmp_path / "t.parquet",
            filename="t.parquet",
            limits=Limits(max_bytes=limit),
        )
    assert refusal.value.code == "result-too-large"
    assert refusal.value.parameters == {"limit": 4 * limit}
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


@given(st.lists(st.text(alphabet='ab"\n\r,;é张', min_size=1, max_size=5), min_size=1, max_size=8))
def test_quoted_cells_come_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("quoted")
    lines = ["head,last"]
    lines += ['"{}",x'.format(value.replace('"', '""')) for value in values]
    read("\n".join(lines).encode(), folder)
    expected = [value.replace("\r\n", "\n") for value in values]
    assert pl.read_parquet(folder / "t.parquet")["head"].to_list() == expected
