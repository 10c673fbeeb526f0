"""Persons of the source, guessed by rows that belong to nobody."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import Release
from desensitize.attacks.alike import alike, is_drawn_anew
from desensitize.attacks.codes import encoded
from desensitize.attacks.membership import membership
from desensitize.attacks.persons import Game, guess_persons
from desensitize.attacks.predicates import (
    Asked,
    Condition,
    fitting,
    guesses_of_rows,
    guesses_of_values,
    plain_guesses,
    read_guesses,
)
from desensitize.attacks.set_guesses import Side, Tally, play_sets
from desensitize.attacks.singling_out import singling_out
from desensitize.errors import DesensitizeError
from tests.desensitize.attacks.drawing import drawn_by_chain, shuffled

SMALL = st.integers(0, 4)


@pytest.fixture(scope="module")
def people(adult_table: Path) -> pl.DataFrame:
    return pl.read_parquet(adult_table).head(3000)


def written(tmp_path: Path, source: pl.DataFrame, table: pl.DataFrame) -> Release:
    paths = tmp_path / "source.parquet", tmp_path / "released.parquet"
    source.write_parquet(paths[0])
    table.write_parquet(paths[1])
    return Release(*paths, is_synthetic=is_drawn_anew(*paths))


def test_a_copy_that_tells_of_nobody_passes(people: pl.DataFrame, tmp_path: Path) -> None:
    """Pairs of columns with noise as a private copy has; the rows are seen to fit nobody."""
    release = written(tmp_path, people, drawn_by_chain(people, noise=20))
    assert release.is_synthetic
    found = singling_out(release, limit=0.05)
    assert (found.passed, found.not_tried, found.breaks) == (True, (), ())
    assert found.figures["sets_tried"] == found.figures["sets"] == 255


@pytest.mark.parametrize("share", [0.25, 0.9])
def test_an_overfitted_copy_fails(share: float, people: pl.DataFrame, tmp_path: Path) -> None:
    """So many of its rows are people's own."""
    drawn = drawn_by_chain(people, noise=20)
    own = int(share * people.height)
    release = written(tmp_path, people, pl.concat([people.head(own), drawn.tail(-own)]))
    assert release.is_synthetic
    found = singling_out(release, limit=0.05)
    # With one row in four the guesses are too few to be sure, and whose rows they are is told.
    assert (found.passed, found.failed) == (False, share > 0.5)
    assert membership(release, limit=0.05).failed


def test_a_few_true_columns_are_found_among_drawn_ones(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    """The worst set is named, though in most sets the guesses are wrong."""
    true = ["age", "occupation", "education"]
    drawn = drawn_by_chain(people, noise=20).drop(true)
    table = pl.concat([people.select(true), drawn], how="horizontal")
    release = written(tmp_path, people, table)
    found = guess_persons(release, limit=0.05)
    assert found.failed
    assert set(found.worst["columns"]) <= set(true)


def test_copied_values_of_one_column_are_found(people: pl.DataFrame, tmp_path: Path) -> None:
    """A number that stands in one row names its person, however the other columns were drawn."""
    numbers = np.random.default_rng(1).permutation(10 * people.height)[: people.height]
    source = people.with_columns(number=pl.Series(numbers))
    drawn = drawn_by_chain(people, noise=20).with_columns(source["number"].shuffle(2))
    found = guess_persons(written(tmp_path, source, drawn), limit=0.05)
    assert [one.code for one in found.breaks] == ["copied_values"]
    other = drawn.with_columns(number=pl.col("number") * 10 + 7)
    assert guess_persons(written(tmp_path, source, other), limit=0.05).breaks == ()


def test_labels_that_cannot_be_compared_are_not_passed_over(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    drawn = drawn_by_chain(people, noise=20).with_columns(
        ages=pl.col("age") // 10, education=pl.lit("a school of ") + pl.col("education")
    )
    found = guess_persons(written(tmp_path, people, drawn), limit=0.05)
    assert (found.passed, found.failed) == (False, False)
    assert "“ages”, “education”" in found.not_tried[0].sentence


def test_held_out_people_are_the_control(people: pl.DataFrame, tmp_path: Path) -> None:
    """A way to make releases that copies four rows in ten is caught without any released row."""

    def make(source: Path, target: Path) -> None:
        table = pl.read_parquet(source)
        own = table.sample(fraction=0.4, seed=1)
        pl.concat([own, shuffled(table).tail(-own.height)]).write_parquet(target)

    people = people.head(1500)
    release = written(tmp_path, people, shuffled(people))
    assert not guess_persons(release, limit=0.05).failed
    again = Release(release.source, release.released, is_synthetic=True, make=make)
    assert guess_persons(again, limit=0.05).failed


@given(
    rows=st.lists(st.tuples(SMALL, SMALL, SMALL), min_size=2, max_size=30),
    others=st.lists(st.tuples(SMALL, SMALL, SMALL), min_size=2, max_size=30),
)
def test_guesses_of_sets_are_counted_as_by_hand(rows: list[tuple], others: list[tuple]) -> None:
    """Each set, its unique rows and how many rows of the target fit them."""
    names = "abc"
    codes, values = {}, {}
    for place, name in enumerate(names):
        column = pl.Series([row[place] for row in rows] + [row[place] for row in others])
        codes[name], values[name] = encoded(column)
    side = Side(slice(0, len(rows)), slice(len(rows), None))
    found = play_sets(
        codes, values, side, side, known=3, limit=0.05, random=np.random.default_rng(0)
    )
    trials = right = 0
    for size in (1, 2, 3):
        for chosen in combinations(range(3), size):
            shown = [tuple(row[one] for one in chosen) for row in rows]
            there = [tuple(row[one] for one in chosen) for row in others]
            own = [one for one in shown if shown.count(one) == 1]
            if size == 1:
                share = found.alone[names[chosen[0]]].share()
                assert share.trials == len(own)
                assert not own or share.successes == sum(there.count(one) == 1 for one in own)
            else:
                trials += len(own)
                right += sum(there.count(one) == 1 for one in own)
    assert (found.tried, found.total) == (7, 7)
    assert (found.excess is None) == (trials == 0)
    if found.excess is not None:
        assert found.excess.rate == pytest.approx(right / trials)
        assert found.excess.value == 0


def test_no_population_makes_guesses_righter_than_chance() -> None:
    """Counts by Poisson's law with means of any kind stay below the bound, copied rows above."""
    random = np.random.default_rng(3)
    for means in (
        np.full(100_000, 0.7),
        random.gamma(0.5, 2, 100_000),
        random.choice([0.01, 1], 10**5),
    ):
        fit = np.bincount(np.minimum(random.poisson(means), 3), minlength=4).tolist()
        tally = Tally((tuple(fit), (0, 0, 0, 0)))
        assert tally.share().rate <= tally.by_chance().rate + 0.005
    copied = Tally(((100, 300, 20, 10), (0, 0, 0, 0)))
    assert copied.share().rate > copied.by_chance().rate + 0.5


def test_conditions_fit_as_by_sql(people: pl.DataFrame) -> None:
    """Guesses as `anonymeter` makes them fit one row of the release, and rows of the source."""
    source, released = people.head(1500), people.tail(1500).unique(maintain_order=True)
    random = np.random.default_rng(7)
    guesses = [*guesses_of_rows(Asked(released), 60, 3, random).found]
    guesses += guesses_of_values(Asked(released), 60, random)
    assert len(guesses) > 60
    assert set(fitting(Asked(released), guesses)) == {1}
    queries = []
    for guess in guesses:
        asked = " and ".join(
            f'"{one.column}" {one.operator.replace("==", "=")} '
            + (f"'{one.value}'" if isinstance(one.value, str) else str(one.value))
            for one in guess
        )
        queries.append(f"select count(*) from source where {asked}")
    with duckdb.connect() as connection:
        connection.register("source", source.to_arrow())
        wanted = [count for (count,) in connection.execute(" union all ".join(queries)).fetchall()]
    assert fitting(Asked(source), guesses) == wanted


def test_given_guesses_are_played(tmp_path: Path) -> None:
    source = pl.DataFrame({"age": [1, 2, 3, 3], "town": ["a", None, "b", "b"]})
    release = written(tmp_path, source, source)
    path = tmp_path / "guesses.json"
    guesses = [[["age", "<=", 1]], [["age", ">", 2]], [["town", "==", None], ["age", "==", 2]]]
    path.write_text(json.dumps(guesses))
    read = read_guesses(path)
    assert list(plain_guesses(read)) == guesses
    found = guess_persons(release, limit=0.05, game=Game(tuple(read)))
    # That package takes rows that are alike for one.
    assert (found.figures["given_guesses"], found.figures["given_right"]) == (3, 3)
    for wrong in (
        '[[["age", "~", 1]]]',
        "[[]]",
        "{",
        '[[["age", "<="]]]',
        '[[["age", "==", [1]]]]',
    ):
        path.write_text(wrong)
        with pytest.raises(DesensitizeError):
            read_guesses(path)
    for condition in (
        Condition("years", "==", 1), Condition("age", "==", "a"), Condition("town", "<", "b"),
    ):  # fmt: skip
        with pytest.raises(DesensitizeError):
            guess_persons(release, limit=0.05, game=Game(((condition,),)))


def test_numbers_and_texts_of_two_files_are_compared() -> None:
    """The same number is the same, however it is written; long ones are told apart."""
    one, other = alike(pl.Series([1, 2]), pl.Series(["1.0", "02"]))
    assert one.equals(other)
    long = pl.Series(["110101199003071233", "110101199003071234"])
    assert alike(long, long)[0].n_unique() == 2
    one, other = alike(pl.Series([18, 25]), pl.Series(["18", "20-39"]))
    assert (one.to_list(), other.to_list()) == (["18", "25"], ["18", "20-39"])


@pytest.mark.parametrize(
    "change",
    [
        pl.col("age").clip(25, 60),
        pl.col("age") // 10 * 10 + 5,
        pl.lit("*").alias("education"),
        pl.when(pl.col("age") > 50)
        .then(pl.lit("Private"))
        .otherwise("workclass")
        .alias("workclass"),
    ],
)
def test_recoded_rows_are_not_taken_for_drawn_ones(
    change: pl.Expr, people: pl.DataFrame, tmp_path: Path
) -> None:
    """Else nobody would ask how many they are."""
    table = people.with_columns(change).sample(fraction=0.9, shuffle=True, seed=1)
    assert not written(tmp_path, people, table).is_synthetic
