"""The noise of synthetic copies, and its account."""

from __future__ import annotations

from collections.abc import Sequence
from math import erf, exp, log, sqrt

import numpy as np
import polars as pl
import pytest

from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic import (
    Domain,
    Levels,
    drawn_copy,
)
from desensitize.privacy.synthetic.measuring import measure
from desensitize.privacy.synthetic.spending import affordable, epsilon_of, gaussian

BUDGET = Budget.of(1, "1e-9")
ALL_BUT_NO_NOISE = Budget.of(10_000, "1e-9")
FEW = 4_000
"""Particles enough for tables of a few cells."""


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
    # Of 200 figures one run in some hundred thousand shows too little.
    first, second = (figures(one, 300, rows_a_person=1) for one in (True, False))
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
