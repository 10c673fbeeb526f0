"""A cell is filled when it says something."""

from typing import Any

import duckdb
import polars as pl
import pytest

from desensitize.policy import ColumnRule, Policy
from desensitize.risk.completeness import unknown_cells


@pytest.mark.parametrize(
    ("values", "given", "unknown"),
    [
        (["a", None, "?", " - ", "N/A", "未知", "不详", "***", "＊＊", "b"], {}, 8),
        (["", "*", "a*", "--", "???x"], {}, 3),
        (["NA", "CN", "NA"], {}, 2),
        (["NA", "CN", "NA"], {"known": ["NA", "CN"]}, 0),
        (["9", "1", "2"], {"missing": ["9"]}, 1),
        ([9, 1, None, 9], {"missing": ["9"]}, 3),
        ([1.5, float("nan"), None], {}, 2),
        ([None, None], {}, 2),
        ([], {}, 0),
        (["a long text that ends in a mark of interrogation, so that it is no code ?"], {}, 0),
    ],
)
def test_what_says_nothing_is_not_counted(
    values: list[Any], given: dict[str, Any], unknown: int
) -> None:
    assert unknown_cells(pl.Series("c", values), **given) == unknown


def test_many_cells_are_counted_as_a_database_counts_them() -> None:
    values = [("?", "x", None, "na", "***", str(row % 97))[row % 6] for row in range(50_000)]
    table = pl.DataFrame({"c": values})
    with duckdb.connect() as connection:
        given = connection.from_arrow(table.to_arrow())
        read = given.filter("c IS NULL OR lower(c) IN ('?', 'na', '***')")
        assert unknown_cells(table["c"]) == len(read.fetchall())


def test_a_policy_names_the_columns_that_will_say_nothing() -> None:
    policy = Policy(
        (
            ColumnRule("name", "direct", "redact"),
            ColumnRule("city", "quasi", "constant", {"value": "somewhere"}),
            ColumnRule("street", "quasi", "drop"),
            ColumnRule("pay", "sensitive", "keep"),
        )
    )
    assert policy.one_value == ("name", "city")
