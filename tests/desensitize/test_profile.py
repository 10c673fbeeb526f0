"""Profiles count rightly and give no personal value away."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import TableError
from desensitize.profile import ColumnProfile, key_pair, profile_table


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


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1, max_size=60)
)
def test_edges_of_bins_are_round_numbers(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[float]
) -> None:
    """Otherwise they tell the smallest value and the largest."""
    profile = profiled(pl.DataFrame({"n": numbers}), tmp_path_factory.mktemp("profile"))["n"]
    assert len(profile.histogram) <= 20
    assert sum(count for _, count in profile.histogram) in (len(numbers), 0)
    for label, _ in profile.histogram:
        mantissa = f"{float(label):.5e}".split("e")[0].rstrip("0").rstrip(".")
        assert len(mantissa.replace("-", "").replace(".", "")) <= 5, profile.histogram


def test_moments_have_bins_that_clocks_show(tmp_path: Path) -> None:
    born = [date(1961, 3, 9) + timedelta(days=97 * row) for row in range(120)]
    first = datetime(2024, 5, 1, 8, 17, 23, tzinfo=UTC)
    seen = [first + timedelta(minutes=7 * row) for row in range(120)]
    found = profiled(pl.DataFrame({"born": born, "seen": seen}), tmp_path)
    assert sum(count for _, count in found["born"].histogram) == 120
    assert found["seen"].histogram[0] == ("2024-05-01 08:00:00", 7)
    assert "1961-03-09" not in [label for label, _ in found["born"].histogram]


def test_a_profile_shows_nobody(tmp_path: Path) -> None:
    """Of a few persons who come again and again, of one who stands out, of a range's two ends."""
    table = pl.DataFrame(
        {
            "name": ["张伟", "李娜", "王芳"] * 40,
            "town": ["Fuzhou"] * 60 + ["Xiamen"] * 58 + ["Gulangyu", "…"],
            "age": [*range(21, 60), 103] * 3,
        }
    )
    found = profiled(table, tmp_path)
    assert found["name"].shown("direct") == replace(
        found["name"], minimum=None, maximum=None, histogram=()
    )
    for role in ("quasi", "sensitive", "other"):
        town = found["town"].shown(role)
        assert town.histogram == (("Fuzhou", 60), ("Xiamen", 58), ("…", 2))
        assert (town.minimum, town.maximum) == (None, None)
    age = found["age"].shown("quasi")
    assert (age.minimum, age.maximum) == (None, None)
    assert sum(count for _, count in age.histogram) == 120
    assert not {"103", "100"} & {label for label, _ in age.histogram}
    assert found["age"].shown("other") == found["age"]
    for profile in found.values():
        assert ColumnProfile.from_dict(json.loads(json.dumps(profile.as_dict()))) == profile
        for role in ("direct", "quasi", "sensitive", "other"):
            assert profile.shown(role).shown(role) == profile.shown(role)


def test_progress_is_told_and_a_broken_file_refused(people: Path, tmp_path: Path) -> None:
    heard: list[tuple[float, str]] = []
    profile_table(people, progress=lambda share, name: heard.append((share, name)))
    assert heard[0] == (0.0, "name")
    assert heard[-1] == (1.0, "")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1")
    with pytest.raises(TableError) as refusal:
        profile_table(broken)
    assert refusal.value.code == "unreadable-table"


def test_codes_for_what_is_not_known_are_counted_apart_from_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    words = ["?", "N/A", "未知", "-", "***", None, "a", "b"]
    pl.DataFrame({"word": words, "number": range(8)}).write_parquet(path)
    word, number = profile_table(path)
    assert (word.nulls, word.unknown, number.unknown) == (1, 5, 0)
    assert ColumnProfile.from_dict(word.as_dict()) == word


DAY = date(2024, 1, 1)
ROWS = range(40)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"day": [DAY + timedelta(days=n // 4) for n in ROWS], "point": [n % 4 for n in ROWS]}, 1),
        ({"day": [DAY + timedelta(days=n // 5) for n in ROWS], "point": [n % 4 for n in ROWS]}, 0),
        ({"day": [n // 4 for n in ROWS], "point": [n % 4 if n else None for n in ROWS]}, 0),
        ({"day": list(ROWS), "point": [n % 4 for n in ROWS]}, 0),
        ({"day": [n // 2 for n in ROWS], "point": [n * 7 % 39 for n in ROWS]}, 0),
    ],
    ids=["a-key", "stands-twice", "is-empty", "one-is-enough", "by-chance"],
)
def test_two_columns_are_a_key(
    tmp_path: Path, columns: dict[str, list[object]], found: int
) -> None:
    """They tell each row from every other, and hardly by chance."""
    path = tmp_path / "t.parquet"
    pl.DataFrame({"value": [1.5] * len(ROWS), **columns}).write_parquet(path)
    assert key_pair(path, profile_table(path)) == (("day", "point") if found else None)
