"""Shapley values of many owners, estimated from random orders of joining.

Source: Castro, Gómez, Tejada, Polynomial Calculation of the Shapley Value Based on Sampling (2009).
Each order gives every owner one exact marginal contribution; the estimate is their mean, and its
standard error comes from the variance between pairs of an order and its reverse.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from valuation.shapley.games import Game


@dataclass(frozen=True)
class Sampled:
    """Estimates by owner, each with its standard error; the estimates add up to `total` exactly."""

    values: tuple[Fraction, ...]
    standard_errors: tuple[float, ...]
    orders: int
    total: Fraction


def sampled_shapley(game: Game, owners: int, *, orders: int, seed: int) -> Sampled:
    """Estimate from `orders` random orders, rounded up to an even number of at least 4.

    The orders depend on the seed alone (Mersenne twister of Python's own `random`), and the sums
    are exact, so that the same seed gives the same estimate on every machine.
    """
    pairs = max(2, math.ceil(orders / 2))
    random = Random(seed)
    empty = game(0)
    sums = [Fraction(0)] * owners
    means = [0.0] * owners
    squares = [0.0] * owners
    order = list(range(owners))
    for pair in range(1, pairs + 1):
        random.shuffle(order)
        gains = [Fraction(0)] * owners
        for sequence in (order, order[::-1]):
            coalition, before = 0, empty
            for owner in sequence:
                coalition |= 1 << owner
                after = game(coalition)
                gains[owner] += after - before
                before = after
        for owner, gain in enumerate(gains):
            sums[owner] += gain
            half = float(gain / 2)
            off = half - means[owner]
            means[owner] += off / pair
            squares[owner] += off * (half - means[owner])
    values = tuple(total / (2 * pairs) for total in sums)
    errors = tuple(math.sqrt(square / (pairs - 1) / pairs) for square in squares)
    return Sampled(values, errors, 2 * pairs, game((1 << owners) - 1) - empty)
