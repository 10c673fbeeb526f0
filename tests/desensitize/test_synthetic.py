"""Synthetic copies keep what columns tell of each other, and their noise is really there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from math import erf, exp, log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from desensitize.cli import main
from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic import (
    Domain,
    Levels,
    SyntheticCopy,
    drawn_copy,
    read_domains,
    synthesize,
)
from desensitize.privacy.synthetic.drawing import draw
from desensitize.privacy.synthetic.fitting import fit
from desensitize.privacy.synthetic.measuring import PAIRS_A_COLUMN, counted, measure
from desensitize.privacy.synthetic.spending import affordable, epsilon_of, gaussian

BUDGET = Budget.of(1, "1e-9")
ALL_BUT_NO_NOISE = Budget.of(10_000, "1e-9")
FEW = 4_000
"""Particles enough for tables of a few cells."""


def distance(one: pl.DataFrame, other: pl.DataFrame, columns: int) -> float:
    """Return the mean total variation distance over all sets of so many columns."""
    found = []
    for names in combinations(one.columns, columns):
        shares = [
            table.group_by(names).agg((pl.len() / len(table)).alias(f"share {place}"))
            for place, table in enumerate((one, other))
        ]
        both = shares[0].join(shares[1], on=names, how="full").fill_null(0)
        found.append(both.select((pl.col("share 0") - pl.col("share 1")).abs().sum() / 2).item())
    return sum(found) / len(found)


def listed(table: pl.DataFrame) -> dict[str, Domain]:
    """Return the values of public data as its domain."""
    return {
        name: Levels(tuple(table[name].cast(pl.String).unique().sort()), missing=False)
        for name in table.columns
    }


def test_a_copy_of_adult_keeps_what_pairs_of_columns_tell(adult_table: Path) -> None:
    """Nearer by far than columns shuffled alone, which keep nothing of it."""
    table = pl.read_parquet(adult_table)
    rng = np.random.default_rng(1)
    shuffled = pl.DataFrame([column.gather(rng.permutation(len(table))) for column in table])
    copy, made = drawn_copy(
        table.lazy(), domains=listed(table), budget=BUDGET, rows=8_000, particles=16_000, seed=1
    )
    assert copy.schema == table.schema
    assert distance(copy, table, 2) < 0.55 * distance(shuffled, table, 2)
    assert 0.999 < made.epsilon <= 1
    assert made.rho == pytest.approx(sum(made.costs.values()))
    assert len(made.pairs) == 36
    # What a buyer would do with it: the share of high incomes by marital status.
    shares = [
        each.group_by("marital-status").agg((pl.col("salary-class") == ">50K").mean())
        for each in (table, copy)
    ]
    married = [dict(each.rows())["Married-civ-spouse"] for each in shares]
    assert married[1] == pytest.approx(married[0], abs=0.05)


def exact_model(pairs: Mapping[tuple[int, int], npt.NDArray[np.float64]]) -> Any:
    """Return the joint distribution of greatest entropy, by iterative proportional fitting."""
    joint = np.full((2, 3, 4), 1 / 24)
    for _ in range(500):
        for columns, wanted in pairs.items():
            [other] = {0, 1, 2} - set(columns)
            joint = joint * np.expand_dims(wanted / joint.sum(axis=other), other)
    return joint


def test_a_model_without_noise_is_that_of_greatest_entropy() -> None:
    """Fitted by particles, it agrees with a fit of all cells that shares no code with it."""
    rng = np.random.default_rng(3)
    joint = rng.dirichlet(np.ones(24)).reshape(2, 3, 4)
    cells = rng.choice(24, size=40_000, p=joint.ravel())
    codes = np.stack(np.unravel_index(cells, (2, 3, 4))).astype(np.uint16)
    measured = measure(codes, (2, 3, 4), rho=1e9, rows_a_person=1)
    pairs = {
        columns: counted(codes, (2, 3, 4), columns) / codes.shape[1]
        for columns in combinations(range(3), 2)
    }
    drawn = draw(fit(measured, particles=100_000, rng=rng), 40_000, rng)
    found = counted(drawn, (2, 3, 4), (0, 1, 2)) / 40_000
    assert np.abs(found - exact_model(pairs)).sum() / 2 < 0.01
    # And is another than that of the rows, of which only pairs were measured.
    assert np.abs(found - joint).sum() / 2 > 0.05


def test_what_was_measured_and_the_seed_decide_on_the_rows() -> None:
    codes = np.random.default_rng(4).integers(0, 3, (3, 500)).astype(np.uint16)
    measured = measure(codes, (3, 3, 3), rho=0.5, rows_a_person=1)
    twice = []
    for _ in range(2):
        rng = np.random.default_rng(5)
        twice.append(draw(fit(measured, particles=FEW, rng=rng), 300, rng))
    assert np.array_equal(twice[0], twice[1])


def test_of_many_columns_the_pairs_that_tell_most_are_measured() -> None:
    rng = np.random.default_rng(6)
    codes = rng.integers(0, 3, (14, 20_000)).astype(np.uint16)
    codes[13] = codes[0]
    measured = measure(codes, (3,) * 14, rho=0.05, rows_a_person=1)
    assert len(measured.pairs) == PAIRS_A_COLUMN * 14 < 14 * 13 / 2
    [best] = [one for one in measured.pairs if one.columns == (0, 13)]
    assert best.sigma == min(one.sigma for one in measured.pairs)
    assert sum(measured.costs.values()) <= 0.05


# The noise and its account.


@pytest.mark.parametrize("epsilon", ["0.1", "1", "8"])
@pytest.mark.parametrize("delta", ["1e-9", "0.01"])
def test_the_account_lies_between_a_looser_and_the_exact_one(epsilon: str, delta: str) -> None:
    budget = Budget.of(epsilon, delta)
    rho, most = affordable(budget), float(delta)
    # Bun and Steinke, 2016, proposition 1.3.
    loose = (sqrt(log(1 / most) + float(epsilon)) - sqrt(log(1 / most))) ** 2
    assert rho > loose
    # All noise together is no stronger than one Gaussian (Balle and Wang, 2018, theorem 8).
    mu = sqrt(2 * rho)
    normal = [(1 + erf((sign * mu / 2 - float(epsilon) / mu) / sqrt(2))) / 2 for sign in (1, -1)]
    assert normal[0] - exp(float(epsilon)) * normal[1] <= most
    assert epsilon_of(rho, most) <= float(epsilon)


def test_noise_is_as_wide_as_its_cost_says() -> None:
    noise = gaussian(reach=3, rho=0.02)
    assert noise.rho <= 0.02
    assert noise.sigma == pytest.approx(15)
    drawn = noise.add(np.zeros(10_000, dtype=np.int64))
    # Five standard errors of a standard deviation are σ · 5 / √(2n).
    assert abs(drawn.std() - 15) < 15 * 5 / sqrt(20_000)
    assert abs(drawn.mean()) < 15 * 5 / 100


LOOSE = Budget.of(1, "0.1")
TARGET_ROWS = 4
REST = [("a", "x")] * 6 + [("a", "y"), ("b", "x"), ("b", "y")]
PAIR: dict[str, Domain] = {
    "u": Levels(("a", "b"), missing=False),
    "v": Levels(("x", "y"), missing=False),
}


def normal_low(hits: int, draws: int, spread: float) -> float:
    """Return Wilson's (1927) lower limit of a chance."""
    share, wide = hits / draws, spread**2 / draws
    middle = share + wide / 2
    return (middle - sqrt(wide * (share * (1 - share) + wide / 4))) / (1 + wide)


def shown_epsilon(first: Sequence[float], second: Sequence[float], delta: float) -> float:
    """Return a lower bound of the ε that two tables' figures show at δ, by events “above”."""
    found = 0.0
    for level in range(2, 15):
        hits = [sum(one >= level for one in drawn) for drawn in (first, second)]
        for ours, theirs in (hits, [len(first) - hits[0], len(second) - hits[1]][::-1]):
            low = normal_low(ours, len(first), 4.5) - delta
            high = 1 - normal_low(len(second) - theirs, len(second), 4.5)
            if low > 0:
                found = max(found, log(low / high))
    return found


def figures(has_target: bool, draws: int, *, rows_a_person: int) -> list[float]:
    """Return the noisy count of the target's cell, so many times."""
    rows = REST + [("b", "y")] * (TARGET_ROWS if has_target else 0)
    codes = np.array([["ab".index(u), "xy".index(v)] for u, v in rows], dtype=np.uint16).T
    rho = affordable(LOOSE)
    return [
        measure(codes, (2, 2), rho=rho, rows_a_person=rows_a_person).pairs[0].counts[1, 1]
        for _ in range(draws)
    ]


def test_a_person_shows_no_more_than_the_budget() -> None:
    first, second = (figures(one, 200, rows_a_person=TARGET_ROWS) for one in (True, False))
    assert shown_epsilon(first, second, 0.1) <= 1


def test_noise_for_one_row_of_a_person_with_four_is_found_out() -> None:
    first, second = (figures(one, 200, rows_a_person=1) for one in (True, False))
    assert shown_epsilon(first, second, 0.1) > 1


@pytest.mark.campaign
@pytest.mark.parametrize("counts", [TARGET_ROWS, 1])
def test_whole_copies_show_no_more_than_the_budget(counts: int) -> None:
    """From the table to the rows: with all rows of a person accounted for, and with one alone."""
    drawn: list[list[float]] = []
    for has_target in (True, False):
        rows = [(f"p{place}", *row) for place, row in enumerate(REST)]
        rows += [("t", "b", "y")] * (40 if has_target else 0)
        table = pl.DataFrame(rows, schema=["person", "u", "v"], orient="row").lazy()
        drawn.append([])
        for seed in range(1_000):
            copy, _ = drawn_copy(
                table,
                domains=PAIR,
                budget=LOOSE,
                contribution=Contribution("person", counts),
                particles=200,
                seed=seed,
            )
            is_cell = (pl.col("u") == "b") & (pl.col("v") == "y")
            drawn[-1].append(copy.select(is_cell.sum()).item())
    assert shown_epsilon(drawn[0], drawn[1], 0.1) <= 1


def test_a_person_of_many_rows_does_not_come_through() -> None:
    rng = np.random.default_rng(7)
    table = pl.DataFrame(
        {
            "person": [f"p{place}" for place in range(3_000)] + ["t"] * 1_500,
            "u": ["a"] * 3_000 + ["b"] * 1_500,
            "v": [*rng.choice(["x", "y"], 3_000), *["y"] * 1_500],
        }
    )
    copy, _ = drawn_copy(
        table.lazy(),
        domains=PAIR,
        budget=BUDGET,
        contribution=Contribution("person", 2),
        particles=FEW,
    )
    # σ is 2 · 5.8 rows for all together: the target's two are beside it nothing.
    assert copy.filter(u="b").height < 150
    assert abs(len(copy) - 3_002) < 300


# Values and types.


def mixed() -> pl.DataFrame:
    """Return a table with a column of each type."""
    rng = np.random.default_rng(8)
    number = 2_000
    return pl.DataFrame(
        {
            "who": [f"p{place}" for place in range(number)],
            "sex": rng.choice(["f", "m", "?"], number, p=[0.5, 0.4, 0.1]),
            "age": pl.Series(rng.integers(0, 90, number), dtype=pl.Int16),
            "wage": np.round(rng.lognormal(8, 1, number), 2),
            "born": [date(1950 + int(year), 1, 1) for year in rng.integers(0, 50, number)],
            "text_day": [f"20{year:02}-03-04" for year in rng.integers(10, 20, number)],
            "is_member": rng.random(number) < 0.3,
            "amount": pl.Series(rng.integers(0, 5, number)).cast(pl.Decimal(12, 2)),
        }
    ).with_columns(pl.when(pl.col("age") < 80).then(pl.col("age")))


DECLARED = {
    "sex": {"values": ["f", "m"]},
    "age": {"low": 0, "high": 79, "bins": 20},
    "wage": {"edges": [0, 1000, "3000.5", 1e5], "decimals": 2, "missing": False},
    "born": {"low": "1950-01-01", "high": "1999-12-31", "bins": 10, "missing": False},
    "text_day": {"edges": ["2010-01-01", "2015-01-01", "2019-12-31"], "missing": False},
    "is_member": {"values": ["true", "false"], "missing": False},
    "amount": {"low": 0, "high": 5, "decimals": 1, "missing": False},
}


def mixed_copy(**asked: Any) -> tuple[pl.DataFrame, SyntheticCopy]:
    given: dict[str, Any] = {
        "domains": read_domains(DECLARED),
        "budget": ALL_BUT_NO_NOISE,
        "left_out": ["who"],
        "particles": FEW,
        "seed": 9,
    }
    return drawn_copy(mixed().lazy(), **(given | asked))


def test_columns_have_their_types_and_values_their_domain() -> None:
    table = mixed()
    copy, made = mixed_copy(rows=1_900)
    assert made.rows == len(copy) == 1_900
    assert copy.schema == table.drop("who").schema
    assert copy["age"].drop_nulls().is_between(0, 79).all()
    assert copy["wage"].is_between(0, 1e5).all()
    assert ((copy["wage"] * 100 - (copy["wage"] * 100).round()).abs() < 1e-6).all()
    assert copy["born"].is_between(date(1950, 1, 1), date(1999, 12, 31)).all()
    assert copy["text_day"].str.to_date().is_between(date(2010, 1, 1), date(2019, 12, 31)).all()
    # As often as in the source; what is not declared counts as missing.
    for name, share in (("age", table["age"].null_count()), ("sex", (table["sex"] == "?").sum())):
        assert copy[name].null_count() / 1_900 == pytest.approx(share / 2_000, abs=0.02)
    members = [each.filter("is_member").height / each.height for each in (table, copy)]
    assert members[1] == pytest.approx(members[0], abs=0.02)
    below = [each.filter(pl.col("wage") < 1000).height / each.height for each in (table, copy)]
    assert below[1] == pytest.approx(below[0], abs=0.02)
    assert copy["wage"].null_count() == copy["born"].null_count() == 0


def test_rows_without_a_level_are_left_out_where_no_cell_may_be_empty() -> None:
    only = {"sex": Levels(("f", "m"), missing=False)}
    others = [name for name in mixed().columns if name != "sex"]
    copy, _ = mixed_copy(domains=only, left_out=others)
    assert len(copy) == pytest.approx((mixed()["sex"] != "?").sum(), abs=5)
    assert copy["sex"].null_count() == 0


def test_an_empty_table_has_a_copy() -> None:
    """Else its refusal would tell that nobody is in it."""
    copy, _ = drawn_copy(
        pl.DataFrame(schema={"u": pl.String, "v": pl.String}).lazy(),
        domains=PAIR,
        budget=BUDGET,
        particles=FEW,
    )
    assert len(copy) >= 1


def refused(**asked: Any) -> DesensitizeError:
    charged: list[Budget] = []
    with pytest.raises(DesensitizeError) as refusal:
        mixed_copy(charge=charged.append, **asked)
    assert charged == []
    return refusal.value


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("domain_needed", {"left_out": []}),
        ("unknown_column", {"left_out": ["who", "whom"]}),
        ("unknown_column", {"contribution": Contribution("whom")}),
        ("unit_declared", {"contribution": Contribution("sex")}),
        ("copy_needs_delta", {"budget": Budget.of(1)}),
        ("bad_privacy_budget", {"budget": Budget.of("1e9", "1e-300")}),
        ("bad_copy_rows", {"rows": 0}),
        ("bad_copy_rows", {"rows": 10**9}),
        ("too_many_domains", {"domains": {}, "left_out": list(mixed().columns)}),
    ],
)
def test_what_is_refused_costs_nothing(code: str, asked: dict[str, Any]) -> None:
    assert refused(**asked).code == code


@pytest.mark.parametrize(
    "declared",
    [
        {"sex": {"values": ["f", "f"]}},
        {"sex": {"values": [str(place) for place in range(600)]}},
        {"sex": {"low": 0, "high": 1, "bins": 10**9}},
        {"age": {"low": 0, "high": 99, "decimals": 1}},
        {"age": {"low": 0, "high": 10**6}},
        {"age": {"values": ["young"]}},
        {"is_member": {"values": ["yes", "no"]}},
        {"is_member": {"low": 0, "high": 1}},
        {"born": {"low": 0, "high": 1}},
        {"wage": {"low": "2020-01-01", "high": "2021-01-01"}},
        {"wage": {"edges": [0, float("inf")]}},
        {"wage": {"edges": [0, 5, 5]}},
        {"wage": {"edges": [0, "0.005"], "decimals": 2}},
        {"wage": {"edges": [3]}},
        {"wage": {"low": 0}},
        {"wage": {"low": 0, "high": 1, "decimals": 99}},
        {"wage": {"values": [], "missing": "no"}},
        {"wage": "any"},
    ],
)
def test_a_domain_that_cannot_be_is_refused(declared: dict[str, Any]) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        mixed_copy(domains=read_domains(DECLARED | declared))
    assert refusal.value.code == "bad_domain"
    assert next(iter(declared)) in str(refusal.value)


def test_domains_are_one_object_of_at_most_forty() -> None:
    for given, code in (
        ([], "bad_domains"),
        ({}, "bad_domains"),
        ({str(name): {"values": ["a"]} for name in range(41)}, "too_many_domains"),
    ):
        with pytest.raises(DesensitizeError) as refusal:
            read_domains(given)
        assert refusal.value.code == code


def test_nothing_is_written_when_too_little_is_left(tmp_path: Path) -> None:
    source, target = tmp_path / "s.parquet", tmp_path / "t.parquet"
    mixed().write_parquet(source)

    def charge(_: Budget) -> None:
        raise DesensitizeError("privacy_budget_spent", epsilon="0", delta="0")

    with pytest.raises(DesensitizeError):
        synthesize(
            source,
            target,
            domains=read_domains(DECLARED),
            budget=BUDGET,
            left_out=["who"],
            charge=charge,
        )
    assert not target.exists()


def test_the_command_takes_leaves_and_remembers_what_it_spent(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    domains, ledger, copy = tmp_path / "d.json", tmp_path / "ledger", tmp_path / "copy.csv"
    domains.write_text(json.dumps({"age": {"low": 0, "high": 99}}), encoding="utf-8")
    (tmp_path / "h_hierarchy_sex.csv").write_text("男;*\n女;*\n", encoding="utf-8")
    arguments = ["synthesize", str(people), str(copy), "--epsilon", "1", "--delta", "0.001"]
    arguments += ["--domains", str(domains), "--hierarchies", str(tmp_path), "--rows", "50"]
    arguments += ["--person", "name", "--drop", "id_number,mobile,income"]
    arguments += ["--ledger", str(ledger), "--delta-budget", "0.01"]
    assert main(arguments) == 1
    assert "whole budget is not given" in capsys.readouterr().err
    assert main([*arguments, "--budget", "1.5"]) == 0
    assert "50 rows" in capsys.readouterr().out
    rows = pl.read_csv(copy)
    assert rows.columns == ["age", "sex"]
    assert set(rows["sex"].drop_nulls()) <= {"男", "女"}
    copy.unlink()
    assert main([*arguments, "--budget", "1.5"]) == 1
    assert "ε 0.5" in capsys.readouterr().err
    assert not copy.exists()
    domains.write_text("{", encoding="utf-8")
    assert main(arguments[:-4]) == 1
    assert "no JSON" in capsys.readouterr().err
