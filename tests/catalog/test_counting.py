"""Counting how two tables differ gives what the comparison of all rows gives."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.version import counting
from marketplace.catalog.version.counting import Counts, columns_in, counts_between
from marketplace.delivery.changes.comparing import KIND, changes_between

ROWS = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from(["", "a", "b", None]), st.sampled_from([0.5, 1.0])
    ),
    max_size=12,
)


def parquet(rows: list[Any], **options: Any) -> io.BytesIO:
    """Write rows of three columns."""
    schema = {"id": pl.Int64, "word": pl.String, "number": pl.Float64}
    file = io.BytesIO()
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(file, **options)
    return file


def compared(before: io.BytesIO, after: io.BytesIO, key: list[str]) -> Counts:
    """Count what the comparison of all rows tells."""
    tables = [pl.read_parquet(io.BytesIO(file.getvalue())) for file in (before, after)]
    kinds = changes_between(tables[0], tables[1], key)[KIND].to_list()
    return Counts(kinds.count("insert"), kinds.count("update_postimage"), kinds.count("delete"))


@pytest.mark.parametrize("key", [[], ["id"], ["id", "word"]])
@given(before=ROWS, after=ROWS)
def test_it_counts_what_the_comparison_tells(before: Any, after: Any, key: list[str]) -> None:
    """With a key and without, also where it is missing or stands twice."""
    old, new = parquet(before), parquet(after)
    assert counts_between(old, new, key) == compared(old, new, key)


def test_batches_and_the_order_of_rows_are_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in many pieces, in another order, is the same one."""
    rows = [(number, "a" if number % 3 else None, 1.0) for number in range(500)]
    monkeypatch.setattr(counting, "BATCH_ROWS", 7)
    old, new = parquet(rows), parquet(rows[::-1], row_group_size=11)
    assert counts_between(old, new) == Counts(0, 0, 0)
    changed = parquet([*rows[1:], (1000, "b", 1.0)])
    assert counts_between(old, changed) == Counts(1, 0, 1)
    assert counts_between(old, parquet([(0, "z", 1.0), *rows[1:]]), ["id"]) == Counts(0, 1, 0)


def test_a_column_of_another_type_is_compared_by_its_values() -> None:
    """Whole numbers that come with a fraction next month are the same rows still."""
    old = parquet([(1, "a", 1.0), (2, "b", 2.0)])
    table = pl.DataFrame({"id": [1, 2], "word": ["a", "b"], "number": [1, 3]})
    new = io.BytesIO()
    table.write_parquet(new)
    assert counts_between(old, new) == Counts(1, 0, 1)
    assert counts_between(old, new, ["id"]) == Counts(0, 1, 0)


def test_columns() -> None:
    """By their names, with their types, in their order."""
    assert columns_in(parquet([])) == {"id": "int64", "word": "large_string", "number": "double"}
