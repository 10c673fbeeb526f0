"""Real servers are read, every type of theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desensitize.errors import TableError
from desensitize.tables import Limits
from marketplace.catalog.source.drivers.contract import TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from marketplace.catalog.source.writing import Drawn, refuse_unfit, typed, write_rows
from tests.given.source_servers import SCHEMAS, drawn, login
from tests.plugins.sources import SourceServer

pytestmark = pytest.mark.usefixtures("sources_allowed")

MORNING = datetime.fromisoformat("2026-03-01T10:00:01.5")
POSTGRES_TYPES = """
CREATE TABLE every_type (
    a int2, b bigint, c numeric(10,2), d numeric, e text, f date, g timestamptz, h timestamp,
    i boolean, j float4, k float8, l time, m uuid, n char(4), o interval, p varchar(9), s bit(3)
)"""
MYSQL_TYPES = """
CREATE TABLE every_type (
    a tinyint, b bigint unsigned, c decimal(10,2), d decimal(50,5), e text, f date,
    g timestamp NULL, h datetime(6), i bool, j float, k double, l time, m uuid,
    n enum('甲','乙'), o bit(5), p longtext, r year, s set('x','y'), u int unsigned
)"""


def test_every_type_of_postgresql(postgres_source: SourceServer, tmp_path: Path) -> None:
    run = postgres_source.run
    run(POSTGRES_TYPES)
    run(
        "INSERT INTO every_type VALUES (1, 2, 3.40, 1.2345678901234567890123456789012345678901, "
        "E'中文, \"x\"\\n\\\\t', '2026-03-01', '2026-03-01 10:00+08', '2026-03-01 10:00:01.5', "
        "true, 0.1, 0.1, '10:11:12.5', '6b8a9a1e-0000-4000-8000-000000000000', 'ab', '1 day', "
        "'', '101')"
    )
    run("INSERT INTO every_type (a) VALUES (NULL)")
    run(
        "INSERT INTO every_type (c, f, g, h, i, j, k, l) VALUES ('NaN', 'infinity', '-infinity', "
        "'0044-03-15 BC', false, 'NaN', 'Infinity', '24:00:00')"
    )
    counted, (first, second, third) = drawn(postgres_source, "every_type", tmp_path / "t")
    assert counted == Drawn(rows=3, blanked=5)
    assert first == {
        "a": 1, "b": 2, "c": Decimal("3.40"), "d": "1.2345678901234567890123456789012345678901",
        "e": '中文, "x"\n\\t', "f": date(2026, 3, 1), "g": datetime(2026, 3, 1, 2, tzinfo=UTC),
        "h": MORNING, "i": True, "j": pytest.approx(0.1),
        "k": 0.1, "l": time(10, 11, 12, 500_000), "m": "6b8a9a1e-0000-4000-8000-000000000000",
        "n": "ab", "o": "1 day", "p": "", "s": "101",
    }  # fmt: skip
    assert set(second.values()) == {None}
    assert [third[name] for name in "cfghl"] == [None] * 5
    assert third["i"] is False
    assert third["j"] != third["j"]
    assert third["k"] == float("inf")


def test_every_type_of_mariadb(mariadb_source: SourceServer, tmp_path: Path) -> None:
    run = mariadb_source.run
    run(MYSQL_TYPES)
    run(
        "INSERT INTO every_type VALUES (-1, 18446744073709551615, 3.40, "
        "123456789012345678901234567890.12345, '中文, \"x\"\\n\\\\t', '2026-03-01', "
        "'2026-03-01 10:00:00', '2026-03-01 10:00:01.5', true, 0.1, 0.1, '-100:11:12', "
        "'6b8a9a1e-0000-4000-8000-000000000000', '甲', b'10101', '', 2026, 'x,y', 4294967295)"
    )
    run("INSERT INTO every_type (a, g) VALUES (NULL, NULL)")
    run(
        "INSERT INTO every_type (f, g, h) VALUES ('0000-00-00', '0000-00-00', "
        "'2026-00-10 00:00:00')"
    )
    counted, (first, second, third) = drawn(mariadb_source, "every_type", tmp_path / "t")
    assert counted == Drawn(rows=3, blanked=3)
    in_utc = first.pop("g").astimezone(UTC)
    assert first == {
        "a": -1, "b": 2**64 - 1, "c": Decimal("3.40"),
        "d": "123456789012345678901234567890.12345", "e": '中文, "x"\n\\t',
        "f": date(2026, 3, 1), "h": MORNING, "i": 1,
        "j": pytest.approx(0.1), "k": 0.1, "l": "-100:11:12",
        "m": "6b8a9a1e-0000-4000-8000-000000000000", "n": "甲", "o": 21, "p": "", "r": 2026,
        "s": "x,y", "u": 2**32 - 1,
    }  # fmt: skip
    # The server's own zone is the machine's: only the moment counts.
    assert in_utc == datetime.fromisoformat("2026-03-01T10:00").astimezone(UTC)
    assert set(second.values()) == {None}
    assert [third[name] for name in "fgh"] == [None] * 3


@pytest.mark.parametrize(
    ("kind", "definition", "code"),
    [
        ("postgresql", "jsonb", "nested-column"),
        ("postgresql", "int[]", "nested-column"),
        ("postgresql", "int4range", "nested-column"),
        ("postgresql", "bytea", "unsupported-column-type"),
        ("postgresql", "tsvector", "unsupported-column-type"),
        ("mysql", "blob", "unsupported-column-type"),
        ("mysql", "varbinary(9)", "unsupported-column-type"),
        ("mysql", "point", "unsupported-column-type"),
    ],
)
def test_nested_and_binary_columns_are_refused_as_in_uploads(
    request: pytest.FixtureRequest, kind: str, definition: str, code: str
) -> None:
    fixture = {"postgresql": "postgres_source", "mysql": "mariadb_source"}[kind]
    server: SourceServer = request.getfixturevalue(fixture)
    server.run("DROP TABLE IF EXISTS odd")
    server.run(f"CREATE TABLE odd (id int, inside {definition})")
    with opened(kind, "127.0.0.1", server.port, login()) as source:
        columns = source.columns(TableName(SCHEMAS[kind], "odd"))
    with pytest.raises(TableError) as refused:
        refuse_unfit(columns, Limits())
    assert refused.value.code == code
    assert refused.value.parameters["column"] == "inside"


def test_names_are_quoted(any_source: SourceServer, tmp_path: Path) -> None:
    quote = {"postgresql": '"', "mysql": "`"}[any_source.kind]
    odd = f"a {quote * 2}; DROP TABLE x -- %s 中文"
    any_source.run(f"CREATE TABLE {quote}t {odd}{quote} ({quote}c {odd}{quote} int)")
    any_source.run(f"INSERT INTO {quote}t {odd}{quote} VALUES (7)")
    plain = odd.replace(quote * 2, quote)
    _counted, rows = drawn(any_source, f"t {plain}", tmp_path / "t")
    assert rows == [{f"c {plain}": 7}]
    with opened(any_source.kind, "127.0.0.1", any_source.port, login()) as source:
        assert source.tables("drop TABLE") == [TableName(SCHEMAS[any_source.kind], f"t {plain}")]
        assert source.tables("%") == source.tables("%s")
        assert source.tables("no such words") == []


def test_views_are_drawn_up_to_a_limit(any_source: SourceServer, tmp_path: Path) -> None:
    any_source.run("CREATE TABLE tram_lines (line int)")
    any_source.run("INSERT INTO tram_lines VALUES (1), (2), (3)")
    any_source.run("CREATE VIEW even_lines AS SELECT line FROM tram_lines WHERE line <> 2")
    assert drawn(any_source, "even_lines", tmp_path / "a")[0].rows == 2
    assert drawn(any_source, "tram_lines", tmp_path / "b", limit=1)[0].rows == 1


def test_two_hundred_thousand_rows_come_in_batches(
    any_source: SourceServer, tmp_path: Path
) -> None:
    numbers = {
        "postgresql": "SELECT g AS id, 'name ' || g AS name FROM generate_series(1, 200000) g",
        "mysql": "SELECT seq AS id, concat('name ', seq) AS name FROM seq_1_to_200000",
    }[any_source.kind]
    any_source.run(f"CREATE TABLE many AS {numbers}")
    name, counts = TableName(SCHEMAS[any_source.kind], "many"), list[int]()
    before = pa.total_allocated_bytes()
    with opened(any_source.kind, "127.0.0.1", any_source.port, login()) as source:
        columns = source.columns(name)
        rows = source.rows(name, columns, limit=None, batch=1000)

        def progress(count: int) -> None:
            counts.append(count)
            # Some batches and a row group in the making, never the table.
            assert pa.total_allocated_bytes() - before < 64 * 1024**2

        write_rows(rows, columns, tmp_path / "t", limits=Limits(), progress=progress)
    assert counts[-1] == 200_000
    assert max(b - a for a, b in zip([0, *counts], counts, strict=False)) <= 8_192
    ids = pq.read_table(tmp_path / "t", columns=["id"])["id"].to_pylist()
    assert sorted(ids) == list(range(1, 200_001))


def test_too_many_rows_and_bytes_are_told(any_source: SourceServer, tmp_path: Path) -> None:
    any_source.run("CREATE TABLE lumps (lump varchar(100))")
    any_source.run("INSERT INTO lumps VALUES " + ", ".join(["('" + "x" * 90 + "')"] * 9000))
    with pytest.raises(TableError) as refused:
        drawn(any_source, "lumps", tmp_path / "a", max_rows=100)
    assert refused.value.code == "too-many-rows"
    with pytest.raises(TableError) as refused:
        drawn(any_source, "lumps", tmp_path / "b", max_bytes=1000)
    assert refused.value.code == "result-too-large"


def test_an_empty_table_is_told(any_source: SourceServer, tmp_path: Path) -> None:
    any_source.run("CREATE TABLE nothing (id int)")
    with pytest.raises(SourceError) as refused:
        drawn(any_source, "nothing", tmp_path / "t")
    assert refused.value.code == "no-rows"


@pytest.mark.parametrize(
    ("texts", "kind", "expected"),
    [
        (["1", None, "-2"], pa.int8(), ([1, None, -2], 0)),
        (["1", "300"], pa.int8(), ([1, None], 1)),
        (["2026-03-01", "0000-00-00"], pa.date32(), ([date(2026, 3, 1), None], 1)),
        (["1.50", "NaN"], pa.decimal128(4, 2), ([Decimal("1.50"), None], 1)),
        (["t", "f", None], pa.bool_(), ([True, False, None], 0)),
        (["23:59:59", "24:00:00"], pa.time64("us"), ([time(23, 59, 59), None], 1)),
        (["", None], pa.string(), (["", None], 0)),
    ],
)
def test_what_no_type_can_say_is_counted(
    texts: list[str | None], kind: pa.DataType, expected: tuple[list[Any], int]
) -> None:
    array, lost = typed(texts, kind)
    assert (array.to_pylist(), lost) == expected
