"""Profiles count rightly and give no personal value away."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import TableError
from desensitize.profile import ColumnProfile, profile_table


def profiled(table: pl.DataFrame, folder: Path) -> dict[str, ColumnProfile]:
    path = folder / "t.parquet"
    table.write_parquet(path)
    return {profile.name: profile for profile in profile_table(path)}


def test_columns_of_each_type_are_described(tmp_path: Path) -> None:
    table = pl.DataFrame(
        {
            "word": ["a", "b", "a", None] * 5,
            "number": [3, 1, None, 2] * 5,
            "day": [date(2024, 1, 1), date(2024, 3, 1), None, None] * 5,
            "yes": [True, False, True, None] * 5,
            "real": [1.5, float("nan"), float("inf"), -2.0] * 5,
        }
    )
    found = profiled(table, tmp_path)
    assert found["word"] == ColumnProfile("word", "text", 20, 5, 2, "a", "b", (("a", 10), ("b", 5)))
    assert found["number"].histogram == (("1", 5), ("2", 5), ("3", 5))
    assert (found["day"].minimum, found["day"].maximum) == ("2024-01-01", "2024-03-01")
    assert found["yes"].histogram == (("true", 10), ("false", 5))
    assert (found["real"].minimum, found["real"].maximum) == ("-2.0", "1.5")
    assert json.loads(json.dumps(found["word"].as_dict()))["histogram"] == [["a", 10], ["b", 5]]


def test_no_identifier_gets_into_a_profile(people: Path) -> None:
    table = pl.read_parquet(people).with_columns(pl.col("mobile").cast(pl.Int64).alias("number"))
    stored = json.dumps(
        [profile.as_dict() for profile in profiled(table, people.parent).values()],
        ensure_ascii=False,
    )
    for column in ("mobile", "number"):
        assert not any(str(value) in stored for value in table[column])


@given(st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=200))
def test_bins_of_numbers_add_up(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int]
) -> None:
    # Two of each keep the column from looking like an identifier.
    table = pl.DataFrame({"n": numbers * 2})
    profile = profiled(table, tmp_path_factory.mktemp("profile"))["n"]
    assert len(profile.histogram) <= 20
    assert sum(count for _, count in profile.histogram) == 2 * len(numbers)
    assert (profile.minimum, profile.maximum) == (str(min(numbers)), str(max(numbers)))


def test_progress_is_told_and_a_broken_file_refused(people: Path, tmp_path: Path) -> None:
    heard: list[tuple[float, str]] = []
    profile_table(people, progress=lambda share, name: heard.append((share, name)))
    assert heard[0] == (0.0, "name")
    assert heard[-1] == (1.0, "")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1")
    with pytest.raises(TableError) as refusal:
        profile_table(broken)
    assert refusal.value.code == "unreadable_table"
