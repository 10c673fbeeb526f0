"""The empirical ε of answers is at most the declared one, and a mutant with half the noise fails.

Of two tables that differ in one person, answers are drawn; for any event of the answers the chance
may differ by a factor of e^ε at most. Each event's chances are bounded by Clopper and Pearson
(1934) at a level divided by the number of events (Bonferroni), so that the least ratio found is a
lower bound of ε in all but one of ten thousand runs of an honest sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import exp, inf, lgamma, log

import polars as pl
import pytest

from desensitize.privacy.differential import Budget, noise
from desensitize.privacy.sandbox import (
    Condition,
    Declaration,
    Number,
    Question,
    answer,
    answers,
)

ERROR = 1e-4
EPSILON = Budget.of(1)
DECLARED = Declaration(
    person="card",
    rows=2,
    numbers={"delay": Number(Decimal(0), Decimal(4))},
    categories={"line": ("1", "2"), "stop": None},
)
REST = {"card": ["a", "b", "c"], "line": ["1", "2", "1"], "delay": [1, 2, 3], "stop": ["x"] * 3}
# The person whose being there is to be hidden brings as much as one can, and more.
TARGET = {"card": ["t"] * 3, "line": ["1", "1", "2"], "delay": [4, 99, 4], "stop": ["x"] * 3}
WITHOUT = pl.DataFrame(REST)
WITH = pl.concat([WITHOUT, pl.DataFrame(TARGET)])
QUESTIONS = {
    "count": Question("count"),
    "condition": Question("count", where=(Condition("line", ("1",)),)),
    "groups": Question("count", by=("line",)),
    "sum": Question("sum", "delay"),
    "mean": Question("mean", "delay"),
    "histogram": Question("histogram", "delay", bins=2),
}


def empirical_epsilon(question: Question, draws: int) -> float:
    """Return a lower bound of the ε that answers of both tables show."""
    exact = [_score(table, question, Budget.of(10**9)) for table in (WITH, WITHOUT)]
    low, step = min(exact), (max(exact) - min(exact)) / 4
    # Chosen before any draw: around the true figures, where the chances differ most.
    levels = [low + step * place for place in range(-2, 7)]
    first, second = (
        [_score(table, question, EPSILON) for _ in range(draws)] for table in (WITH, WITHOUT)
    )
    return lower_bound(first, second, levels)


def lower_bound(first: Sequence[float], second: Sequence[float], levels: Sequence[float]) -> float:
    """Return a lower bound of ε by the events “at most” and “above” a level, both ways round."""
    # Four events a level, each with two limits.
    alpha = ERROR / (8 * len(levels))
    found = 0.0
    for level in levels:
        at_most = [sum(one <= level for one in drawn) for drawn in (first, second)]
        above = [len(first) - at_most[0], len(second) - at_most[1]]
        for more, less in (at_most, at_most[::-1], above, above[::-1]):
            low = clopper_pearson_low(more, len(first), alpha)
            high = 1 - clopper_pearson_low(len(second) - less, len(second), alpha)
            if low > 0:
                found = max(found, log(low / high))
    return found


def clopper_pearson_low(hits: int, draws: int, alpha: float) -> float:
    """Return the chance at which so many hits or more have the probability `alpha`."""
    if hits == 0:
        return 0.0
    low, high = 0.0, hits / draws
    for _ in range(50):
        middle = (low + high) / 2
        if _tail(hits, draws, middle) < alpha:
            low = middle
        else:
            high = middle
    return low


def _tail(hits: int, draws: int, chance: float) -> float:
    """P(X ≥ hits) of a binomial distribution, summed from the largest term down."""
    if chance <= 0:
        return 0.0
    term = exp(
        lgamma(draws + 1) - lgamma(hits + 1) - lgamma(draws - hits + 1)
        + hits * log(chance) + (draws - hits) * (log(1 - chance) if chance < 1 else -inf)
    )  # fmt: skip
    total, place = 0.0, hits
    while term > 1e-18 * (total or 1e-300) and place <= draws:
        total += term
        term *= (draws - place) / (place + 1) * chance / (1 - chance)
        place += 1
    return total


def _score(table: pl.DataFrame, question: Question, budget: Budget) -> float:
    """Return the one figure of an answer that the person changes."""
    cells = answer(table, question, DECLARED, budget).cells
    return float(cells[-1 if question.figure == "histogram" else 0].figure)


def halve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the mutant: noise of half the scale."""
    honest: Callable[..., noise.Cells] = noise.laplace
    monkeypatch.setattr(
        answers,
        "laplace",
        lambda *, sensitivity, epsilon: honest(sensitivity=sensitivity, epsilon=2 * epsilon),
    )


def test_the_bound_is_a_bound() -> None:
    """The interval agrees with the tables of the binomial distribution."""
    # Clopper and Pearson's lower limit for 10 of 100 at 2.5 %: 0.0490 (R: binom.test(10, 100)).
    assert clopper_pearson_low(10, 100, 0.025) == pytest.approx(0.04900469, abs=1e-6)
    # For 95 of 100: 0.8872 (R: binom.test(95, 100)).
    assert clopper_pearson_low(95, 100, 0.025) == pytest.approx(0.8871651, abs=1e-6)
    assert clopper_pearson_low(100, 100, 0.025) == pytest.approx(0.025 ** (1 / 100), abs=1e-6)


@pytest.mark.drawn(2)
@pytest.mark.parametrize("asked", QUESTIONS)
def test_answers_show_no_more_than_epsilon(asked: str) -> None:
    assert empirical_epsilon(QUESTIONS[asked], 300) <= 1


def test_half_the_noise_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of 600 answers one run in some hundred thousand shows too little.
    halve(monkeypatch)
    assert empirical_epsilon(QUESTIONS["count"], 800) > 1


@pytest.mark.campaign
@pytest.mark.parametrize("asked", QUESTIONS)
def test_ten_thousand_answers_show_no_more_than_epsilon(asked: str) -> None:
    assert empirical_epsilon(QUESTIONS[asked], 10_000) <= 1


@pytest.mark.campaign
@pytest.mark.parametrize("asked", ["count", "groups", "sum"])
def test_half_the_noise_is_found_out_in_ten_thousand(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    halve(monkeypatch)
    assert empirical_epsilon(QUESTIONS[asked], 10_000) > 1
