"""How much of a table a release still tells."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.policy import ColumnRule, Policy
from desensitize.treatments import Usefulness

NAMES = ["grade", "town", "age"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a table in which all columns go together."""
    random = np.random.default_rng(5)
    grade = random.choice(["low", "middle", "high"], 300, p=[0.6, 0.3, 0.1])
    town = np.where(random.random(300) < 0.7, np.char.add("of ", grade), "elsewhere")
    age = 20 + (grade == "high") * 10 + random.integers(0, 8, 300)
    path = tmp_path / "source.parquet"
    pl.DataFrame({"grade": grade, "town": town, "age": age}).write_parquet(path)
    return path


def useful(source: Path, table: pl.DataFrame, **given: object) -> float:
    """Return the usefulness of a table as a release of the source."""
    path = source.with_name("released.parquet")
    table.write_parquet(path)
    left_out = float(str(given.pop("left_out", 0.0)))
    release = Release(source, path, **given)  # type: ignore[arg-type]
    return Usefulness(source, NAMES).of(release, left_out=left_out)


def by_hand(before: pl.DataFrame, after: pl.DataFrame) -> float:
    """Return the same of two tables of plain values, counted in dictionaries."""
    near = far = 0.0
    for pair in combinations(NAMES, 2):
        counts = [
            {(one, other): rows for one, other, rows in table.group_by(pair).len().iter_rows()}
            for table in (before, after)
        ]
        values = [before[name].unique().to_list() for name in pair]
        even = 1 / (len(values[0]) * len(values[1]))
        for cell in ((one, other) for one in values[0] for other in values[1]):
            was, now = (found.get(cell, 0) / before.height for found in counts)
            near += abs(was - now)
            far += abs(was - even)
    return 1 - near / far


def test_table_itself_is_all_useful_and_stars_are_not(source: Path) -> None:
    table = pl.read_parquet(source)
    assert useful(source, table) == pytest.approx(1.0)
    stars = table.with_columns(pl.lit("*").alias(name) for name in NAMES)
    assert useful(source, stars) == pytest.approx(0.0, abs=1e-12)
    assert useful(source, table.with_columns(pl.lit("*").alias("age"))) == pytest.approx(
        useful(source, table.drop("age"))
    )


@pytest.mark.parametrize("is_synthetic", [False, True])
def test_figure_is_that_of_counting_by_hand(source: Path, is_synthetic: bool) -> None:
    table = pl.read_parquet(source)
    turned = table.with_columns(pl.col("town").shuffle(3))
    found = useful(source, turned, is_synthetic=is_synthetic)
    assert found == pytest.approx(by_hand(table, turned))
    alone = table.select(pl.col(name).shuffle(place) for place, name in enumerate(NAMES))
    assert useful(source, alone, is_synthetic=is_synthetic) < found < 1


def test_labels_are_shared_out_among_what_they_stand_for(source: Path) -> None:
    table = pl.read_parquet(source)
    rules = [ColumnRule(name, "quasi", "keep") for name in ("grade", "town")]
    policy = Policy((*rules, ColumnRule("age", "quasi", "generalize_bins", {"width": 10})))
    bins = table.with_columns(
        (
            "["
            + (pl.col("age") // 10 * 10).cast(pl.String)
            + ", "
            + (pl.col("age") // 10 * 10 + 10).cast(pl.String)
            + ")"
        ).alias("age")
    )
    found = useful(source, bins, policy=policy)
    assert useful(source, table.drop("age")) < found < 1
    # Ages in a bin are about equally frequent here, so that little is lost.
    assert found > 0.85


def test_rows_left_out_stand_for_anything(source: Path) -> None:
    table = pl.read_parquet(source)
    assert useful(source, table, left_out=0.25) == pytest.approx(0.75)


def test_numbers_between_those_of_the_source_are_placed(source: Path) -> None:
    table = pl.read_parquet(source)
    nearly = table.with_columns(pl.col("age").cast(pl.Float64) + 0.25)
    assert useful(source, nearly, is_synthetic=True) == pytest.approx(1.0)
    far = table.with_columns(pl.col("age") + 1000)
    assert useful(source, far, is_synthetic=True) < 0.9
