"""Whether anybody stands in two tables, by all their rows; and who tries to hide that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import apart
from desensitize.attacks.apart import Compared, People, compare_people
from desensitize.errors import TableError

KEY = bytes(range(32))
MOBILE = {"mobile": "CN_MOBILE"}
CALLED = {"called": "CN_MOBILE"}


def mobiles(rows: int, seed: int) -> list[str]:
    """Invent numbers, none of them twice."""
    drawn = np.random.default_rng(seed).choice(10**8, rows, replace=False)
    return [f"138{number:08d}" for number in drawn]


def survey(rows: int = 800) -> pl.DataFrame:
    """Invent people who were asked."""
    random = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "mobile": mobiles(rows, 2),
            "age": random.integers(18, 90, rows),
            "town": random.choice([f"town {one}" for one in range(40)], rows),
            "pay": random.integers(20, 400, rows) * 100.0,
        }
    )


def calls(numbers: list[str]) -> pl.DataFrame:
    """Invent what somebody with each number said."""
    messages = [f"Message {place}: the lamp is out." for place in range(len(numbers))]
    return pl.DataFrame({"called": numbers, "message": messages})


def compared(
    one: pl.DataFrame,
    other: pl.DataFrame,
    folder: Path,
    kinds: tuple[dict[str, str], dict[str, str]] = (MOBILE, CALLED),
) -> Compared:
    """Compare two tables, in whichever order, which says the same."""
    people = []
    for name, table, kind in zip("ab", (one, other), kinds, strict=True):
        path = folder / f"{name}.parquet"
        table.write_parquet(path)
        people.append(People(path, kind))
    found = compare_people(*people, key=KEY)
    assert compare_people(*reversed(people), key=KEY) == found
    return found


def test_other_numbers_are_other_people(tmp_path: Path) -> None:
    found = compared(survey(), calls(mobiles(90, 3)), tmp_path)
    assert found == Compared(is_common=False, kinds=("CN_MOBILE",))
    assert found.are_apart


def test_digits_in_words_are_nobodys_number(tmp_path: Path) -> None:
    """Houses of one town have the same numbers, and so have messages that name them."""
    table = survey().with_columns(home=pl.format("{} 号 12 栋 1201", pl.int_range(800) + 1000))
    said = [f"第 {place} 条：{1000 + place} 号 12 栋 1201 漏水。" for place in range(90)]
    said[0] = "1000 号 12 栋 1201 漏水。"
    other = calls(mobiles(90, 3)).with_columns(message=pl.Series(said))
    assert compared(table, other, tmp_path).are_apart


def test_one_of_many_is_found(tmp_path: Path) -> None:
    """In the last batch too."""
    table = survey()
    assert compared(table, calls([*mobiles(90, 3), table["mobile"][-1]]), tmp_path).is_common


@pytest.mark.parametrize(
    "written",
    [
        lambda number: f"+86 {number[:3]}-{number[3:7]}-{number[7:]}",
        lambda number: f"0086{number}",
        lambda number: f"({number[:3]}) {number[3:]}",
        lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in number),
        lambda number: f"{number}.0",
        lambda number: f"TEL:{number}",
    ],
)
def test_a_number_written_otherwise_is_the_same(
    written: Callable[[str], str], tmp_path: Path
) -> None:
    """And in a column of another name, whole numbers or not."""
    table = survey()
    numbers = [written(number) for number in table["mobile"][:90]]
    assert compared(table, calls(numbers), tmp_path).is_common
    assert compared(table, calls(numbers), tmp_path, ({}, CALLED)).is_common
    as_numbers = table.with_columns(pl.col("mobile").cast(pl.Float64))
    assert compared(as_numbers, calls(numbers), tmp_path).is_common


def test_an_old_identity_number_is_the_new_one(tmp_path: Path) -> None:
    new = [f"350102{1950 + place % 50}0{1 + place % 9}15{place:03d}X" for place in range(200)]
    old = [number[:6] + number[8:17] for number in new[:80]]
    one = pl.DataFrame({"id": new, "age": range(200)})
    found = compared(one, calls(old), tmp_path, ({"id": "CN_ID"}, {"called": "CN_ID"}))
    assert found.is_common


def hidden(number: str) -> str:
    return f"{number[:3]}****{number[7:]}"


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        # No detector takes it for a number of the same kind.
        (calls([hidden(number) for number in survey()["mobile"][:90]]), {}),
        (calls([number[::-1] for number in survey()["mobile"][:90]]), {}),
        (calls(survey()["mobile"][:90].to_list()).drop("called"), {}),
        # Half of them have none.
        (calls([*mobiles(45, 3), *([""] * 45)]), CALLED),
        # Numbers are made up beside what was said of the same people.
        (
            survey()[:90].select(
                "age", "town", called=pl.Series(mobiles(90, 3)), ill=pl.int_range(90) % 7
            ),
            CALLED,
        ),
    ],
)
def test_nothing_is_shown_where_numbers_are_missing_or_may_be_made_up(
    table: pl.DataFrame, kinds: dict[str, str], tmp_path: Path
) -> None:
    found = compared(survey(), table, tmp_path, (MOBILE, kinds))
    assert found == Compared(is_common=False)
    assert not found.are_apart


def test_rows_that_are_alike_but_for_a_made_up_number_are_the_same(tmp_path: Path) -> None:
    table = survey()
    again = table[100:190].with_columns(mobile=pl.Series(mobiles(90, 3)))
    assert compared(table, again.rename({"mobile": "called"}), tmp_path).is_common


def test_a_table_too_large_to_hold_shows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MOST_CELLS", 200)
    assert not compared(survey(), calls(mobiles(90, 3)), tmp_path).are_apart
    path = tmp_path / "none.parquet"
    path.write_bytes(b"no table")
    with pytest.raises(TableError):
        compare_people(People(path, {}), People(path, {}), key=KEY)
