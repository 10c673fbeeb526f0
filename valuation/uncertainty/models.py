"""What is valued from uncertain inputs: discounted sums of products, with their exact moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from valuation.uncertainty.distributions import Distribution, square_root

_MOST_TERMS: Final = 200
"""Exact moments take time by the square of the number of terms."""


@dataclass(frozen=True)
class Term:
    """A product of inputs, by their places, that counts in one year with a sign."""

    year: int
    places: tuple[int, ...]
    sign: int = 1


@dataclass(frozen=True)
class Model:
    """Inputs with their distributions, and the terms whose discounted sum is the value.

    Year 0 is not discounted. `rate` is the place of the discount rate among the inputs, or None.
    `linked` inputs share one correlation matrix, whose root is `root`; with `together` each group
    of inputs takes one draw.
    """

    names: tuple[str, ...]
    inputs: tuple[Distribution, ...]
    terms: tuple[Term, ...]
    rate: int | None = None
    mid_year: bool = False
    linked: tuple[int, ...] = ()
    root: tuple[tuple[float, ...], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()

    def exponent(self, year: int) -> Fraction:
        """Return the years by which a year's terms are discounted."""
        return Fraction(year) - (Fraction(1, 2) if self.mid_year and year else 0)

    def moments(self) -> tuple[Fraction, Fraction] | None:
        """Return the exact mean and standard deviation.

        None where inputs hang together (but for a sum of correlated normal ones), the discount rate
        is uncertain, or there are very many terms.
        """
        if self.together or len(self.terms) > _MOST_TERMS or not self._linked_simply():
            return None
        factors = self._factors()
        if factors is None:
            return None
        means = [part.mean for part in self.inputs]
        squares = [part.variance + part.mean**2 for part in self.inputs]
        expected = [
            factor * prod((means[place] for place in term.places), start=Fraction(1))
            for factor, term in zip(factors, self.terms, strict=True)
        ]
        variance = Fraction(0)
        for one, first in enumerate(self.terms):
            for two in range(one + 1):
                second = self.terms[two]
                if one != two and self.linked:
                    apart = self._covariance(first.places[0], second.places[0])
                    variance += 2 * factors[one] * factors[two] * apart
                    continue
                if not set(first.places) & set(second.places):
                    continue
                both = Counter((*first.places, *second.places))
                joint = factors[one] * factors[two]
                for place, times in both.items():
                    joint *= squares[place] if times == 2 else means[place]
                covariance = joint - expected[one] * expected[two]
                variance += covariance if one == two else 2 * covariance
        return sum(expected, Fraction(0)), square_root(max(variance, Fraction(0)))

    def _linked_simply(self) -> bool:
        kinds = {self.inputs[place].kind for place in self.linked}
        return kinds <= {"normal"} and (
            not self.linked or all(len(term.places) == 1 for term in self.terms)
        )

    def _covariance(self, one: int, two: int) -> Fraction:
        if one not in self.linked or two not in self.linked:
            return Fraction(0)
        rows = (self.root[self.linked.index(one)], self.root[self.linked.index(two)])
        shared = sum(Fraction(a) * Fraction(b) for a, b in zip(*rows, strict=True))
        return shared * self.inputs[one].parameters[1] * self.inputs[two].parameters[1]

    def _factors(self) -> Sequence[Fraction] | None:
        rate = Fraction(0) if self.rate is None else self.inputs[self.rate].constant
        if rate is None:
            return None
        if not self.mid_year:
            return [term.sign / (1 + rate) ** term.year for term in self.terms]
        half = square_root(1 + rate)
        return [
            term.sign * (half if term.year else 1) / (1 + rate) ** term.year for term in self.terms
        ]
