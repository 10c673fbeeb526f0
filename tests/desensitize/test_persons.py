"""Rows of one person are found by keyed codes, however the identifier is written."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from desensitize.persons import code_of, count_rows, is_identifier, rows_with, write_without

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
TABLE = pl.DataFrame(
    {
        "name": ["Wang Wei", "Li Na", "Wang Wei", None],
        "id_number": ["35010219900101123X", "350102199203042222", None, ""],
        "mobile": [13800138000, 13900139000, 13700137000, None],
        "income": [3000.5, 13800138000.0, None, 1.0],
    }
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a small table."""
    path = tmp_path / "source.parquet"
    TABLE.write_parquet(path)
    return path


@pytest.mark.parametrize(
    "written",
    [
        "35010219900101123x",
        " 350102 19900101 123X ",
        "３５０１０２１９９００１０１１２３Ｘ",
        "350102-19900101-123X",
        "350102\u200b19900101123X",
    ],
)
def test_an_identifier_is_found_however_it_is_written(source: Path, written: str) -> None:
    assert count_rows(source, {code_of(written, KEY)}, KEY) == 1


def test_numbers_are_found_with_or_without_the_country_code(source: Path) -> None:
    """In whole numbers, and in decimals that are whole."""
    for written in ("13800138000", "+86 138 0013 8000", "0086-13800138000"):
        assert count_rows(source, {code_of(written, KEY)}, KEY) == 2


def test_a_code_tells_nothing_without_its_key(source: Path) -> None:
    code = code_of("35010219900101123X", KEY)
    assert code != code_of("35010219900101123X", OTHER_KEY)
    assert count_rows(source, {code}, OTHER_KEY) == 0
    assert "350102" not in code


def test_the_rows_leave_and_the_others_stay_as_they_are(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.parquet"
    assert write_without(source, target, {code_of("35010219900101123X", KEY)}, KEY) == 1
    assert pl.read_parquet(target).equals(TABLE[1:])
    assert pq.read_schema(target) == pq.read_schema(source)
    assert rows_with(source, {code_of("350102199203042222", KEY)}, KEY, most=9).equals(TABLE[1:2])


def test_empty_cells_are_nobody_and_short_texts_are_many(source: Path) -> None:
    assert count_rows(source, {code_of("", KEY)}, KEY) <= 1
    assert not is_identifier("Wei")
    assert not is_identifier(" - - ")
    assert is_identifier("13800138000")
