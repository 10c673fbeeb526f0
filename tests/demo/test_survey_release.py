"""The survey as its officer confirms it: anonymous for every attacker, and worth buying."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import Policy, dump_policy
from marketplace.demo.story.hierarchies import HIERARCHY_COLUMNS, hierarchy
from marketplace.demo.story.identities import IDENTITY_COLUMNS, write_registered_survey
from marketplace.demo.story.survey import SURVEY

INCOME = "income_class"
NUMBERS = ("age", "hours_per_week")
CAPITAL = ("capital_gain", "capital_loss")
KEYS = KeyRing(bytes(range(32)), release="1")
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sold:
    """The survey, what is sold of it, and what would be sold of four fifths of it."""

    source: Path
    released: Path
    policy: Path
    learned: pl.DataFrame
    released_of_learned: pl.DataFrame
    held_out: pl.DataFrame


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Sold:
    """Run the officer's policy on all people, and on those whom a buyer may learn from."""
    folder = tmp_path_factory.mktemp("survey")
    survey = pl.read_csv(write_registered_survey(folder / "survey.csv").path)
    rules = [{"name": name, **SURVEY.rules[name]} for name in survey.columns]
    policy = Policy.from_dict({"smallest_class": SURVEY.smallest_class, "columns": rules})
    order = np.random.default_rng(7).permutation(len(survey))
    held_out, learned = np.split(order, [len(survey) // 5])
    parts = {"all": survey, "learned": survey[learned]}
    for name, part in parts.items():
        part.write_parquet(folder / f"{name}.parquet")
        run_policy(
            folder / f"{name}.parquet", folder / f"{name}-sold.parquet", policy,
            keys=KEYS, work=folder,
        )  # fmt: skip
    (folder / "policy.toml").write_text(dump_policy(policy), encoding="utf-8")
    return Sold(
        folder / "all.parquet",
        folder / "all-sold.parquet",
        folder / "policy.toml",
        parts["learned"],
        pl.read_parquet(folder / "learned-sold.parquet"),
        survey[held_out],
    )


def coarser(people: pl.DataFrame) -> pl.DataFrame:
    """Return people as a buyer codes them by the codebook: one group a value."""
    return people.select(
        *(
            pl.col(name)
            .cast(pl.String)
            .replace_strict({row[0]: row[1] for row in hierarchy(name)})
            .alias(name)
            for name in HIERARCHY_COLUMNS
        ),
        INCOME,
    )


def one_hot(people: pl.DataFrame, domains: dict[str, list[str]]) -> Matrix:
    """Return a column of ones, and one of 0 and 1 for each value; what is unknown has none."""
    parts = [np.ones((len(people), 1))]
    for name, values in domains.items():
        cells = people[name].cast(pl.String)
        places = cells.replace_strict(values, range(len(values)), default=-1, return_dtype=pl.Int64)
        parts.append((places.to_numpy()[:, None] == np.arange(len(values))).astype(float))
    return np.concatenate(parts, axis=1)


def right(learned: pl.DataFrame, tested: pl.DataFrame) -> float:
    """Return how often a logistic regression learned from some people is right about others.

    By Newton's method with a small ridge, on all columns but the income.
    """
    names = [name for name in learned.columns if name != INCOME]
    domains = {
        name: learned[name].cast(pl.String).drop_nulls().unique().sort().to_list() for name in names
    }
    told = (learned[INCOME] == ">50K").to_numpy().astype(float)
    cells, weights = one_hot(learned, domains), np.zeros(1 + sum(map(len, domains.values())))
    for _ in range(6):
        sure = 1 / (1 + np.exp(-cells @ weights))
        slope = cells.T @ (told - sure) - weights
        bend = (cells * (sure * (1 - sure))[:, None]).T @ cells + np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    guessed = one_hot(tested, domains) @ weights > 0
    return float((guessed == (tested[INCOME] == ">50K").to_numpy()).mean())


def in_steps(people: pl.DataFrame, cuts: dict[str, Matrix]) -> pl.DataFrame:
    """Return all that the survey asked, its numbers in steps, without identities."""
    steps = [
        pl.sum_horizontal((pl.col(name) >= cut).cast(pl.Int64) for cut in places).alias(name)
        for name, places in cuts.items()
    ]
    return people.drop(*IDENTITY_COLUMNS).with_columns(steps)


def test_is_anonymous(sold: Sold, capsys: pytest.CaptureFixture[str]) -> None:
    """Every attacker is tried and none reaches the limit, though no column hides behind a role."""
    asked = [str(sold.source), str(sold.released), "--policy", str(sold.policy), "--json"]
    assert main(["attack", *asked]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "anonymous"
    assert all(one["tried"] and one["passed"] for one in found["attackers"])
    assert found["certain"] == {INCOME: 0}
    # What the attackers say of groups is what DuckDB counts in the bytes.
    names = ", ".join(HIERARCHY_COLUMNS)
    counted = duckdb.execute(
        f"SELECT min(rows), min(incomes) FROM (SELECT count(*) AS rows, count(DISTINCT {INCOME}) "
        f"AS incomes FROM '{sold.released}' GROUP BY {names})"
    ).fetchall()
    [(smallest, fewest_incomes)] = counted
    assert smallest >= SURVEY.smallest_class
    assert fewest_incomes == 2


def test_keeps_most_of_what_can_be_learned(sold: Sold) -> None:
    """Of what the whole survey tells of the income of others, at least half can still be told."""
    cuts = {
        name: np.unique(np.quantile(sold.learned[name].to_numpy(), np.linspace(0.1, 0.9, 9)))
        for name in ("age", "education_level", "hours_per_week", "survey_weight")
    } | {name: np.array([1, 1500, 2000, 3000, 5000, 7000, 10000]) for name in CAPITAL}
    guessing = sold.held_out.filter(pl.col(INCOME) == "<=50K").height / len(sold.held_out)
    whole = right(in_steps(sold.learned, cuts), in_steps(sold.held_out, cuts)) - guessing
    assert whole > 0.09, "The bar itself must be worth something."
    bought = right(sold.released_of_learned, coarser(sold.held_out)) - guessing
    assert bought >= whole / 2
    # Columns shuffled each alone tell nothing: the figure can fail.
    table = sold.released_of_learned
    shuffled = table.select(
        pl.col(name).shuffle(seed=place) for place, name in enumerate(table.columns)
    )
    assert right(shuffled, coarser(sold.held_out)) - guessing < whole / 10


def test_is_close_to_the_source(sold: Sold) -> None:
    """Few cells are hidden, and pairs of columns lie as in the source; hidden cells count."""
    released = pl.read_parquet(sold.released)
    hidden = released.cast(pl.String).select(pl.all().fill_null("*") == "*").mean().row(0)
    assert sum(hidden) / len(hidden) <= 0.05
    before, apart = coarser(pl.read_parquet(sold.source)), []
    for pair in combinations(before.columns, 2):
        one, other = (
            table.select(pl.col(pair).cast(pl.String).fill_null("*"))
            .group_by(pair)
            .agg(pl.len() / len(table))
            for table in (before, released)
        )
        both = one.join(other, on=pair, how="full").select("len", "len_right").fill_null(0)
        apart.append(float(both.select((pl.col("len") - pl.col("len_right")).abs().sum()).item()))
    assert sum(apart) / len(apart) / 2 <= 0.1


def test_numbers_are_numbers(sold: Sold) -> None:
    """Polars, DuckDB and Arrow each describe age and hours, and near the true means."""
    source, arrow = pl.read_parquet(sold.source), pq.read_table(sold.released)
    polars = pl.read_parquet(sold.released).describe().filter(pl.col("statistic") == "mean")
    summary = duckdb.execute(f"SELECT column_name, avg FROM (SUMMARIZE FROM '{sold.released}')")
    means = dict(summary.fetchall())
    for name in NUMBERS:
        true = source[name].mean()
        assert isinstance(true, float)
        assert float(means[name]) == pytest.approx(true, rel=0.02)
        assert float(polars[name].item()) == pytest.approx(float(means[name]))
        assert pc.mean(arrow[name]).as_py() == pytest.approx(float(means[name]))
