"""Turn exact counts into figures with noise, so that they tell nothing of a person on offer.

Half of ε goes to each figure, and pure ε adds up. Neighbouring tables differ in all rows of one
person, which are there or not. T rows are held out; of K neighbours each counts 1 at most.

- Right answers of all parts together: the rows of a person lie in one part, whose answers are 0 to
  T, so that one person moves the sum by T at most.
- Values of sources: a coalition S of G sources is worth c(S), its right neighbours of T · K. A row
  moves c(S) by T at most, and what a source adds to S by T at most: where the row is among the
  neighbours with and without the source, its own label cancels out. It moves the Shapley value of
  its own source by T at most, and of each other one by T / 2, since it is in half of the
  coalitions by weight: T (G + 1) / 2 together, times the rows of a person that count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from desensitize.privacy.differential.noise import laplace
from valuation.shapley import exact_shapley

PLACES = Decimal("0.0001")
OUTSIDE = 20
"""Noise leaves the interval in one of so many measurements."""


@dataclass(frozen=True)
class Figure:
    """A figure with noise, from -1 to 1, and where the exact one lies in 19 of 20."""

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, noisy: Fraction, half: float) -> Figure:
        """Round to four places; no figure lies beyond -1 or 1."""
        return cls(*(_written(noisy + Fraction(off)) for off in (0, -half, half)))

    def as_dict(self) -> dict[str, str]:
        """Return it as canonical JSON can hold it."""
        return {"value": str(self.value), "low": str(self.low), "high": str(self.high)}


@dataclass(frozen=True)
class Noise:
    """What is added to the exact counts of one measurement, drawn once for `held_out` rows.

    `lift` goes to the right answers of all parts, `values` to the sources, in parts of G factorial.
    """

    held_out: int
    lift: int
    values: tuple[int, ...]

    @classmethod
    def draw(cls, held_out: int, *, sources: int, rows_of_person: int, epsilon: Decimal) -> Noise:
        """Draw it for an ε, half of which goes to each figure."""
        half = float(epsilon / 2)
        sensitivity = values_sensitivity(held_out, sources, rows_of_person)
        of_lift = laplace(sensitivity=held_out, epsilon=half)([0])
        of_values = laplace(sensitivity=sensitivity, epsilon=half)([0] * sources)
        return cls(held_out, of_lift[0], tuple(of_values))

    def as_bytes(self) -> bytes:
        return " ".join(map(str, (self.held_out, self.lift, *self.values))).encode()

    @classmethod
    def from_bytes(cls, written: bytes) -> Noise:
        held_out, lift, *values = map(int, written.split())
        return cls(held_out, lift, tuple(values))


def lift_of(counts: Mapping[str, Any], noise: Noise, epsilon: Decimal) -> Figure:
    """Return by how much more a model gets right that also sees one part of the rows on offer."""
    rows, parts = counts["held_out"], len(counts["parts"])
    noisy = sum(counts["parts"]) + noise.lift
    gained = Fraction(noisy, rows * parts) - Fraction(counts["right"], rows)
    return Figure.of(gained, half_of_lift(parts, epsilon))


def half_of_lift(parts: int, epsilon: Decimal) -> float:
    """Return how far noise moves a lift in 19 of 20 measurements at most."""
    return math.log(OUTSIDE) * 2 / (float(epsilon) * parts)


def values_of(
    counts: Mapping[str, Any],
    noise: Noise,
    *,
    neighbours: int,
    rows_of_person: int,
    epsilon: Decimal,
) -> list[Figure]:
    """Return the Shapley value of each source among all, by right neighbours."""
    worths = counts["coalitions"]
    sources = len(worths).bit_length() - 1
    exact = exact_shapley([Fraction(one) for one in worths], sources)
    # Whole numbers, as noise needs them: Shapley values are multiples of one over G factorial.
    unit = math.factorial(sources)
    sensitivity = values_sensitivity(counts["held_out"], sources, rows_of_person)
    noisy = [int(one * unit) + more for one, more in zip(exact, noise.values, strict=True)]
    scale = counts["held_out"] * neighbours * unit
    half = math.log(OUTSIDE) * 2 * sensitivity / (float(epsilon) * scale)
    return [Figure.of(Fraction(one, scale), half) for one in noisy]


def values_sensitivity(held_out: int, sources: int, rows_of_person: int) -> int:
    """Return by how much a person moves all values together, in parts of G factorial."""
    return held_out * rows_of_person * math.factorial(sources) * (sources + 1) // 2


def _written(value: Fraction) -> Decimal:
    bounded = max(Fraction(-1), min(Fraction(1), value))
    exact = Decimal(bounded.numerator) / Decimal(bounded.denominator)
    return exact.quantize(PLACES, rounding=ROUND_HALF_EVEN)
