"""Whether two tables are about the same people, from what is kept of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import people
from desensitize.attacks.digests import normalized
from desensitize.attacks.people import Sketch, same_people, shared_people, sketch_people
from desensitize.errors import DesensitizeError

KEY = bytes(range(32))


def invented(rows: int, seed: int) -> pl.DataFrame:
    """Invent people; columns of few values, so that only rows as a whole are somebody's own."""
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "born": random.integers(1930, 2005, rows),
            "town": random.choice([f"town {one}" for one in range(400)], rows),
            "pay": random.integers(20, 400, rows) * 100.0,
            "sex": random.choice(["f", "m"], rows),
            "work": random.choice([f"work {one}" for one in range(30)], rows),
        }
    )


def sketched(table: pl.DataFrame, folder: Path, person: str | None = None) -> Sketch:
    path = folder / "t.parquet"
    table.write_parquet(path)
    found = sketch_people(path, key=KEY, person=person)
    kept = Sketch.from_bytes(found.to_bytes())
    assert shared_people(kept, found) == shared_people(found, found)
    return kept


@pytest.mark.parametrize("small", [False, True])
def test_shares_of_rows(small: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exact where all digests are kept, and within the bounds where few are."""
    if small:
        monkeypatch.setattr(people, "ROWS_KEPT", 3_000)
    table = invented(6_000, 1)
    whole = sketched(table, tmp_path)
    for share in (0.0, 0.02, 0.3, 1.0):
        common = table[: int(6_000 * share)]
        other = pl.concat([common, invented(6_000 - common.height, 2)])
        found = shared_people(whole, sketched(other.sample(fraction=1, shuffle=True), tmp_path))
        by_chance = 0.01
        assert found.low - by_chance <= share <= found.high + by_chance
        assert found.high - found.low <= (0.15 if small else 0.01)
        assert same_people(whole, sketched(other, tmp_path)) is (share > 0.04)
        probed = whole.probe().may_share(sketched(other, tmp_path).probe())
        # Of so many rows one cell in several happens to be alike all the same.
        assert probed or share == 0.0


def test_a_changed_column_and_other_names_hide_nobody(tmp_path: Path) -> None:
    """A cell changed in every row, a column more, one less, texts for numbers, other names."""
    table = invented(3_000, 3)
    whole = sketched(table, tmp_path)
    others = {
        "changed": table.with_columns(pay=pl.col("pay") + 50),
        "one more": table.with_columns(stand=pl.lit("2020-01-01")),
        "one less": table.drop("sex"),
        "one cell": table.with_columns(
            pay=pl.when(pl.int_range(pl.len()) == 7).then(1.0).otherwise("pay")
        ),
        "texts": table.with_columns(
            born=pl.format(" {}.0 ", "born"), town=pl.col("town").str.to_uppercase()
        ),
    }
    for what, other in others.items():
        other = other.rename({name: f"x{number}" for number, name in enumerate(other.columns)})
        other = other.select(sorted(other.columns, reverse=True)).reverse()
        assert shared_people(whole, sketched(other, tmp_path)).share > 0.8, what


def test_rows_that_are_nobodys_own_are_known_by_their_number(tmp_path: Path) -> None:
    """A table of few values, again with a changed cell; and one of other people."""
    random = np.random.default_rng(4)
    tables = [
        pl.DataFrame({name: random.integers(0, 6, 4_000) for name in "abc"}) for _ in range(2)
    ]
    again = tables[0].with_columns(a=pl.when(pl.int_range(pl.len()) == 0).then(9).otherwise("a"))
    whole = sketched(tables[0], tmp_path)
    assert shared_people(whole, sketched(again, tmp_path)).share > 0.9
    assert shared_people(whole, sketched(tables[1], tmp_path)).share < 0.2
    assert whole.probe().may_share(sketched(again, tmp_path).probe())


def test_keys_compose_whatever_else_the_tables_hold(tmp_path: Path) -> None:
    """A number of each person, in another column and form, said to be it or not."""
    random = np.random.default_rng(5)
    numbers = random.permutation(10**6)[:5_000] + 10**7
    one = invented(3_000, 6).with_columns(number=pl.Series(numbers[:3_000]))
    other = pl.DataFrame(
        {
            "account": [f"{number}" for number in numbers[2_000:]] * 2,
            "sum": random.normal(0, 1, 6_000),
        }
    )
    first = sketched(one, tmp_path)
    found = shared_people(first, sketched(other, tmp_path, person="account"))
    assert found.share == pytest.approx(1 / 3, abs=0.02)
    assert same_people(first, sketched(other[:3_000], tmp_path))
    counted = [
        table.with_columns(row=pl.int_range(pl.len()))
        for table in (invented(2_000, 7), invented(2_000, 8))
    ]
    assert not same_people(*(sketched(table, tmp_path) for table in counted))


def test_a_sketch_is_small_and_tells_nothing_without_its_key(tmp_path: Path) -> None:
    table = invented(20_000, 9).with_columns(number=pl.int_range(pl.len()) * 7_919)
    kept = sketched(table, tmp_path, person="number")
    assert len(kept.to_bytes()) < 1_200_000
    path = tmp_path / "t.parquet"
    other = sketch_people(path, key=bytes(32), person="number")
    assert shared_people(kept, other).share == 0.0
    with pytest.raises(DesensitizeError) as refusal:
        sketch_people(path, key=KEY, person="numbre")
    assert refusal.value.parameters["nearest"] == "number"


def measured_by(seed: int, rows: int = 2_000, columns: int = 12) -> pl.DataFrame:
    """Measure other things in each table, so that no row is like one of another."""
    random = np.random.default_rng(seed)
    return pl.DataFrame({f"c{number}": random.random(rows) for number in range(columns)})


def test_a_probe_tells_tables_apart_that_share_nobody(tmp_path: Path) -> None:
    """In place of whole sketches, of which there are thousands; where it cannot, they are read."""
    mine = sketched(measured_by(1), tmp_path)
    for rows in (1_500, 2_400):
        other = sketched(measured_by(rows, rows), tmp_path)
        assert not same_people(mine, other)
        assert not mine.probe().may_share(other.probe())
    large = sketched(measured_by(3, 20_000, 5), tmp_path)
    assert mine.probe().may_share(large.probe()), "too few are expected in common"
    for one in (mine, large, sketched(measured_by(4, 3_000, 60), tmp_path)):
        content = one.to_bytes()
        assert len(one.probe().to_bytes()) <= people.PROBE_BYTES
        kept = people.Probe.from_bytes(content[4 : 4 + people.PROBE_BYTES])
        assert np.array_equal(kept.values, one.probe().values)
        assert np.array_equal(kept.figures, one.probe().figures)


@pytest.mark.parametrize(("rows", "columns"), [(150, 12), (2_000, 5), (12_000, 5)])
def test_a_probe_hides_nobody_whom_sketches_show(rows: int, columns: int, tmp_path: Path) -> None:
    """A twentieth of the people, of each of whom a cell is another; again and again."""
    for seed in range(3):
        one, other = (measured_by(10 * seed + place, rows, columns) for place in (0, 1))
        few = rows // 18
        common = one[:few].with_columns(c0=pl.lit(0.5) + pl.int_range(few) / rows)
        mine = sketched(one, tmp_path)
        theirs = sketched(pl.concat([other[few:], common]), tmp_path)
        assert same_people(mine, theirs)
        assert mine.probe().may_share(theirs.probe())


def test_a_probe_counts_owners_of_rows_that_are_alike(tmp_path: Path) -> None:
    """Few digests are common where many owners share each: they are compared in full."""
    random = np.random.default_rng(4)
    rows = [random.integers(0, 40, (60, 3)) + 100 * place for place in (0, 1)]
    shared = rows[0][:6]
    tables = [np.repeat(rows[0], 100, axis=0), np.repeat(np.r_[rows[1], shared], 100, axis=0)]
    one, other = (sketched(pl.DataFrame(table), tmp_path) for table in tables)
    assert same_people(one, other)
    assert one.probe().may_share(other.probe())


@pytest.mark.parametrize(
    ("cells", "others"),
    [
        (["1", "01.50", " A b ", "", None], [1, 1.5, "a B", None, None]),
        (["123456789012345678"], ["123456789012345678"]),
        (["１２"], ["12"]),
        ([-0.0], [0]),
    ],
)
def test_what_a_reader_takes_for_equal_is_equal(cells: list, others: list) -> None:
    one = [normalized(pl.Series([cell])).item() for cell in cells]
    other = [normalized(pl.Series([cell])).item() for cell in others]
    assert one == other
    # Long numbers are not rounded.
    near = normalized(pl.Series(["123456789012345678", "123456789012345679"]))
    assert near.n_unique() == 2
