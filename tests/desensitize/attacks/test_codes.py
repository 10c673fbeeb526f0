"""Columns as codes: the same groups as counted row by row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import codes
from desensitize.attacks.codes import coded, coded_frame
from desensitize.errors import DesensitizeError, TableError

CELLS = st.tuples(
    st.sampled_from([None, "a", "b", ""]), st.sampled_from([None, 1, 2, 3]), st.booleans()
)


@given(rows=st.lists(CELLS, min_size=1, max_size=40), cells=st.sampled_from([1, 4, 2**24]))
def test_groups_are_those_of_the_rows(rows: list[tuple], cells: int) -> None:
    """By counting, by sorting, and where numbers must be drawn together first."""
    columns = dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "MOST_CELLS", cells)
        found = coded_frame({name: pl.Series(name, column) for name, column in columns.items()})
        for chosen in ([], ["a"], ["c", "a"], ["a", "b", "c"]):
            sizes = found.sizes(chosen)
            wanted = Counter(
                size
                for size in Counter(
                    tuple(row["abc".index(name)] for name in chosen) for row in rows
                ).values()
                for _ in range(size)
            )
            counted: Counter[int] = Counter()
            for size, weight in zip(sizes.tolist(), found.weights.tolist(), strict=True):
                counted[size] += weight
            assert counted == wanted
    assert found.rows == len(rows)


@pytest.mark.parametrize(
    "cells",
    [
        pl.Series([1.5, float("nan"), None, float("nan"), 1.5, None]),
        pl.Series([0.0, -0.0, 1.0, 1.0, 0.0, 2.0]),
        pl.Series([date(2020, 1, 1), None, date(2020, 1, 1), None, None, date(1900, 1, 1)]),
        pl.Series([Decimal("1.10"), Decimal("1.1"), None, Decimal(7), None, Decimal(7)]),
        pl.Series(["x", "y", "x", None, None, "y"], dtype=pl.Categorical),
        pl.Series([None] * 6),
    ],
)
def test_equal_cells_of_every_type_get_one_number(cells: pl.Series) -> None:
    """Null is a value, and so is what is no number; zero has no sign."""
    numbers, values = codes.encoded(cells)
    assert sorted(set(numbers.tolist())) == list(range(values))
    plain = ["nan" if cell != cell else cell for cell in cells.to_list()]
    for one in range(6):
        for other in range(6):
            assert (numbers[one] == numbers[other]) == (plain[one] == plain[other])
    assert numbers.dtype == np.int32


def test_what_cannot_be_coded_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": [1], "b": [[1]]}).write_parquet(path)
    with pytest.raises(DesensitizeError, match="“aa”"):
        coded(path, ["aa"])
    with pytest.raises(TableError, match="“b”"):
        coded(path)
    pl.DataFrame({"a": []}).write_parquet(path)
    with pytest.raises(TableError, match="no rows"):
        coded(path)
    path.write_bytes(b"x")
    with pytest.raises(TableError):
        coded(path)
