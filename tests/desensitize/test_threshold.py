"""The threshold of groups that nobody listed hides a lone person as δ says."""

from decimal import Decimal
from itertools import accumulate, repeat
from math import exp, lgamma, log, log1p, prod
from operator import mul

import pytest

from desensitize.privacy.differential import Budget
from desensitize.privacy.differential.noise import least_threshold, thresholded


def shares_of(rows: int, most: int) -> list[list[int]]:
    """List the ways in which so many rows of one person can lie in cells, the largest first."""
    if rows == 0:
        return [[]]
    return [
        [first, *rest]
        for first in range(min(rows, most), 0, -1)
        for rest in shares_of(rows - first, first)
    ]


def chance_of_noise(least: int, scale: float) -> Decimal:
    """Add up the discrete Laplace distribution, value by value, from `least` on."""
    ratio = (-1 / Decimal(scale)).exp()
    at_zero = (1 - ratio) / (1 + ratio)
    terms = accumulate(repeat(ratio, int(60 * scale) + 60), mul, initial=at_zero * ratio**least)
    return sum(terms, Decimal(0))


@pytest.mark.parametrize("rows", [1, 2, 4])
@pytest.mark.parametrize("delta", ["0.02", "0.3", "0.000001"])
@pytest.mark.parametrize("scale", [0.5, 1.0, 2.7, 20.0])
def test_the_threshold_hides_a_lone_person(rows: int, delta: str, scale: float) -> None:
    """However its rows lie in cells that nobody else is in, counted from the distribution."""
    threshold = least_threshold(rows=rows, scale=scale, delta=float(delta))
    tails = {count: chance_of_noise(threshold - count, scale) for count in range(1, rows + 1)}
    for counts in shares_of(rows, rows):
        hidden = prod((1 - tails[count] for count in counts), start=Decimal(1))
        assert 1 - hidden <= Decimal(delta)
    if rows == 1 and threshold > 2:
        assert chance_of_noise(threshold - 2, scale) > Decimal(delta)


def test_a_lone_person_shows_no_more_often_than_delta_says() -> None:
    """Of 20,000 lone cells at δ = 0.02 more than 524 are shown once in 10^9 such tests at most.

    524 is the least k with Σ_{i>k} C(n, i)·δ^i·(1 − δ)^(n − i) < 10^-9.
    """
    number, delta, most = 20_000, 0.02, 524
    more = sum(
        exp(
            lgamma(number + 1)
            - lgamma(shown + 1)
            - lgamma(number - shown + 1)
            + shown * log(delta)
            + (number - shown) * log1p(-delta)
        )
        for shown in range(most + 1, 1_000)
    )
    assert more < 1e-9
    shown = thresholded(rows=1, budget=Budget.of(1, delta))
    assert len(shown({str(person): 1 for person in range(number)})) <= most
