"""Rows by number: bought columns and rows alone, in pages, whatever their types."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.version import rows as reading
from marketplace.catalog.version.projections import Condition, Projection, conditions_from
from marketplace.catalog.version.rows import Question, page_of
from marketplace.core.errors import Invalid

DAY = datetime.date(2026, 3, 1)
TABLE = pa.table(
    {
        "line": pa.array([f"L{number % 5}" for number in range(100)]).dictionary_encode(),
        "day": pa.array([DAY + datetime.timedelta(days=number) for number in range(100)]),
        "riders": pa.array([None if number % 10 == 9 else number for number in range(100)]),
        "fare": pa.array([Decimal(number) / 4 for number in range(100)], pa.decimal128(9, 2)),
        "late": pa.array([number % 2 == 0 for number in range(100)]),
        "a.b": pa.array([number / 3 for number in range(100)]),
    }
)
WHOLE = Projection()


def stored(table: Any = TABLE, group: int = 7) -> io.BytesIO:
    """Write a table as Parquet with small row groups."""
    file = io.BytesIO()
    pq.write_table(table, file, row_group_size=group)
    file.seek(0)
    return file


def asked(*conditions: list[Any], projection: Projection = WHOLE, **question: Any) -> Any:
    """Return the page of a question."""
    return page_of(
        stored(), Question(conditions=conditions_from(conditions), **question), projection
    )


def numbers(*conditions: list[Any]) -> list[int]:
    """Return which rows meet the conditions, counted from 0, by their fare."""
    table = asked(*conditions, columns=("fare",)).table
    return [int(value * 4) for value in table["fare"].to_pylist()]


@pytest.mark.parametrize("decoded", [1, 3, 7, 100])
def test_pages_make_the_whole(decoded: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the file, nothing twice and nothing missing, whatever the limit."""
    monkeypatch.setattr(reading, "DECODED_ROWS", decoded)
    for limit in (1, 7, 8, 33, 100, 1000):
        pages, after = [], 0
        while after is not None:
            page = asked(after=after, limit=limit)
            assert len(page.table) <= limit
            pages.append(page.table)
            after = page.next_after
        whole = pa.concat_tables(pages)
        assert whole.column_names == TABLE.column_names
        assert whole.to_pylist() == TABLE.to_pylist()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (["line", "eq", "L3"], range(3, 100, 5)),
        (["line", "in", ["L0", "L1"]], [n for n in range(100) if n % 5 < 2]),
        (["day", "lt", "2026-03-04"], range(3)),
        (["day", "eq", "2026-03-31"], [30]),
        (["riders", "null"], range(9, 100, 10)),
        (["riders", "not-null", None], [n for n in range(100) if n % 10 != 9]),
        (["riders", "ge", 95], [95, 96, 97, 98]),
        (["riders", "ne", 5], [n for n in range(100) if n % 10 != 9 and n != 5]),
        (["riders", "in", [1, 2, 999]], [1, 2]),
        (["fare", "le", "0.75"], range(4)),
        (["late", "eq", False], range(1, 100, 2)),
        (["a.b", "gt", 32.5], [98, 99]),
    ],
)
def test_operators(condition: list[Any], expected: Any) -> None:
    """Each compares as the column's type does; what is empty meets no comparison."""
    assert numbers(condition) == list(expected)


@pytest.mark.parametrize(
    "condition",
    [
        ["day", "eq", "yesterday"],
        ["day", "eq", 5],
        ["riders", "eq", "5"],
        ["riders", "eq", True],
        ["riders", "eq", 10**30],
        ["line", "eq", 3],
        ["late", "eq", 1],
        ["fare", "in", ["1.00", "much"]],
    ],
)
def test_values_of_another_type(condition: list[Any]) -> None:
    """Are refused with the column's type."""
    with pytest.raises(Invalid) as refused:
        asked(condition)
    assert refused.value.code == "bad-condition"


@pytest.mark.parametrize(
    "condition",
    [
        "line = 3",
        ["line"],
        ["line", "like", "L"],
        [3, "eq", 3],
        ["line", "eq"],
        ["line", "eq", None],
        ["line", "eq", {"a": 1}],
        ["line", "in", []],
        ["line", "in", "L1"],
        ["line", "in", [["L1"]]],
        ["line", "null", 1],
        ["line", "eq", "L" * 1001],
    ],
)
def test_conditions_that_are_none(condition: Any) -> None:
    """Are refused before any file is read."""
    with pytest.raises(Invalid):
        Condition.from_json(condition)
    with pytest.raises(Invalid):
        conditions_from([["line", "null"]] * 21)


def test_only_what_was_bought() -> None:
    """Neither shown nor asked about; rows outside are as if they were not there."""
    bought = Projection(("day", "line"), conditions_from([["riders", "lt", 20]]))
    page = asked(projection=bought)
    assert page.table.column_names == ["day", "line"]
    assert len(page.table) == 18
    assert asked(["line", "eq", "L0"], projection=bought, columns=("line",)).table.to_pylist() == (
        [{"line": "L0"}] * 4
    )
    for question in ({"columns": ("riders",)}, {"columns": ("day", "nothing")}):
        with pytest.raises(Invalid) as refused:
            asked(projection=bought, **question)
        assert refused.value.code == "unknown-column"
    with pytest.raises(Invalid):
        asked(["riders", "gt", 10], projection=bought)
    assert Projection.from_json(bought.as_json()) == bought
    assert Projection.from_json({}).is_whole


def test_a_request_looks_at_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is found it answers no rows, and where the next request goes on."""
    monkeypatch.setattr(reading, "SCANNED_ROWS", 20)
    page = asked(["riders", "eq", 98])
    assert (len(page.table), page.next_after) == (0, 21)
    assert page.table.column_names == TABLE.column_names
    found = asked(["riders", "eq", 98], after=84)
    assert (len(found.table), found.next_after) == (1, None)


def test_a_full_page_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its bytes too, so that wide rows fill no memory."""
    monkeypatch.setattr(reading, "PAGE_BYTES", 1)
    assert asked(limit=100).next_after == 7


def test_an_empty_table() -> None:
    """Has its columns, no rows and no next page."""
    page = page_of(stored(TABLE.slice(0, 0)), Question(), WHOLE)
    assert (page.table.column_names, len(page.table), page.next_after) == (
        TABLE.column_names,
        0,
        None,
    )
    assert page_of(stored(), Question(after=5000), WHOLE).next_after is None


@given(
    st.lists(st.integers(0, 9) | st.none(), max_size=60),
    st.integers(0, 9),
    st.integers(1, 9),
    st.integers(1, 6),
)
def test_filtered_pages_hold_each_match_once(
    values: list[int | None], wanted: int, limit: int, decoded: int
) -> None:
    """As plain Python selects them."""
    table = pa.table({"n": pa.array(values, pa.int64()), "place": pa.array(range(len(values)))})
    file, places, after = stored(table, group=5), [], 0
    while after is not None:
        file.seek(0)
        question = Question(("place",), (Condition("n", "le", wanted),), after, limit)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(reading, "DECODED_ROWS", decoded)
            page = page_of(io.BytesIO(file.getvalue()), question, WHOLE)
        places += page.table["place"].to_pylist()
        after = page.next_after  # type: ignore[assignment]
    assert places == [i for i, value in enumerate(values) if value is not None and value <= wanted]
