"""Guesses by conditions: all there are, and what they tell of somebody in particular."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.conditions import play_conditions
from desensitize.attacks.held_out import folds, made_again, making_once
from desensitize.attacks.predicates import Asked, Condition, fitting, guesses_of_rows
from tests.desensitize.attacks.drawing import drawn_by_chain, shuffled


@pytest.fixture(scope="module")
def people(adult_table: Path) -> pl.DataFrame:
    return pl.read_parquet(adult_table).head(3000)


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_columns_that_belong_together_are_nobodys_guess(share: float, people: pl.DataFrame) -> None:
    """Guesses by them are right more often than by shuffled ones, and of nobody in particular."""
    random = np.random.default_rng(4)
    wide = people.select("age", "occupation", "education", "native-country", "workclass")
    own = round(share * wide.height)
    copies = [drawn_by_chain(wide, noise=3, seed=seed) for seed in range(3)]
    released = pl.concat([wide.sample(own, seed=1), copies[0].tail(wide.height - own)])
    excess, figures = play_conditions(
        wide, released, (shuffled(released), iter(copies[1:])), known=4, limit=0.05, random=random
    )
    assert excess is not None
    assert figures["guesses"] >= 1_000
    assert (excess.value > 0.05) == (share > 0)
    alone, _ = play_conditions(
        wide, released, (shuffled(released), iter(())), known=4, limit=0.05, random=random
    )
    assert alone is not None
    assert share or alone.value <= 0.05


def test_a_copy_is_made_once_of_the_same_people(people: pl.DataFrame, tmp_path: Path) -> None:
    """Whichever attacker asks, and of others anew."""
    made: list[int] = []

    def make(source: Path, target: Path) -> None:
        made.append(pl.read_parquet(source).height)
        shuffled(pl.read_parquet(source)).write_parquet(target)

    source, released = tmp_path / "source.parquet", tmp_path / "released.parquet"
    people.write_parquet(source)
    release = Release(source, released, is_synthetic=True, make=make)
    with making_once(release) as once:
        first, second, *_ = folds(once)
        again = next(folds(once))
        tables = []
        for fold in (first, again, second):
            with made_again(once, fold) as path:
                assert path is not None
                tables.append(pl.read_parquet(path))
    assert made == [len(first.kept), len(second.kept)]
    assert tables[0].equals(tables[1])
    assert not tables[0].equals(tables[2])


@pytest.mark.parametrize("known", [1, 2, 3])
def test_all_guesses_are_made_where_they_are_few(known: int) -> None:
    """Every row by every set of columns: what is not among them fits no single row."""
    random = np.random.default_rng(known)
    table = pl.DataFrame(
        {
            "age": random.integers(0, 9, 40),
            "town": random.choice(["a", "b", "c"], 40),
            "wage": random.integers(0, 30, 40).astype(float),
        }
    )
    made = guesses_of_rows(Asked(table), 10_000, known, random)
    asked = [
        (name, name != "town" and row[name] > table[name].median(), row[name])
        for row in table.iter_rows(named=True)
        for name in table.columns
    ]
    expected = set()
    for start in range(0, len(asked), 3):
        for chosen in combinations(asked[start : start + 3], known):
            guess = tuple(
                Condition(name, "==" if name == "town" else ">=" if above else "<=", value)
                for name, above, value in chosen
            )
            if fitting(Asked(table), [guess]) == [1]:
                expected.add(guess)
    assert made.are_all
    assert len(made.found) == len(set(made.found))
    assert set(made.found) == expected
    few = guesses_of_rows(Asked(table), 1, known, random)
    assert (len(few.found), few.are_all) == (1, False)
