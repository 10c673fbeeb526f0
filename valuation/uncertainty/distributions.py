"""Distributions that an input may be declared to have, with exact moments.

PERT is the beta distribution on [low, high] with shape parameters
`1 + 4 (mode - low) / (high - low)` and `1 + 4 (high - mode) / (high - low)`.
Lognormal takes `mu` and `sigma` of the logarithm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError

PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "fixed": ("value",),
        "uniform": ("low", "high"),
        "triangular": ("low", "mode", "high"),
        "pert": ("low", "mode", "high"),
        "normal": ("mean", "sd"),
        "lognormal": ("mu", "sigma"),
    }
)
"""The kinds, and their parameters in the order of a list."""

_WORKING: Final = Context(prec=50)
_LARGEST_EXPONENT: Final = 40
"""exp(40) is beyond any amount of money."""


@dataclass(frozen=True)
class Distribution:
    """A kind of `PARAMETERS` with its parameters in their order.

    Raises:
        ValuationError: `distribution-impossible`, they are not in order, a spread is negative, or a
            lognormal exceeds every amount of money.
    """

    kind: str
    parameters: tuple[Fraction, ...]
    field: str = ""

    def __post_init__(self) -> None:
        if not self._possible():
            given = ", ".join(
                f"{name} {float(value):g}"
                for name, value in zip(PARAMETERS[self.kind], self.parameters, strict=False)
            )
            raise ValuationError(
                "distribution-impossible", field=self.field, kind=self.kind, given=given
            )

    def _possible(self) -> bool:
        if len(self.parameters) != len(PARAMETERS[self.kind]):
            return False
        if self.kind in ("uniform", "triangular", "pert"):
            return list(self.parameters) == sorted(self.parameters)
        if self.kind == "normal":
            return self.parameters[1] >= 0
        if self.kind == "lognormal":
            mu, sigma = self.parameters
            return sigma >= 0 and abs(mu) + 8 * sigma <= _LARGEST_EXPONENT
        return True

    @property
    def lowest(self) -> Fraction | None:
        """Return the least value, or None where there is none."""
        if self.kind == "normal":
            mean, spread = self.parameters
            return None if spread else mean
        return Fraction(0) if self.kind == "lognormal" else self.parameters[0]

    @property
    def constant(self) -> Fraction | None:
        """Return the only value of a distribution that has no spread."""
        if self.kind == "lognormal":
            return self.mean if not self.parameters[1] else None
        if self.kind == "normal":
            return self.parameters[0] if not self.parameters[1] else None
        return self.parameters[0] if self.parameters[0] == self.parameters[-1] else None

    @property
    def mean(self) -> Fraction:
        """Return the exact mean (a lognormal's to 50 digits)."""
        given = self.parameters
        if self.kind == "triangular":
            return sum(given, Fraction(0)) / 3
        if self.kind == "pert":
            return (given[0] + 4 * given[1] + given[2]) / 6
        if self.kind == "uniform":
            return (given[0] + given[1]) / 2
        if self.kind == "lognormal":
            return exponential(given[0] + given[1] ** 2 / 2)
        return given[0]

    @property
    def variance(self) -> Fraction:
        """Return the exact variance (a lognormal's to 50 digits)."""
        given = self.parameters
        if self.kind == "triangular":
            low, mode, high = given
            return ((high - low) ** 2 + (mode - low) * (mode - high)) / 18
        if self.kind == "pert":
            return (self.mean - given[0]) * (given[2] - self.mean) / 7
        if self.kind == "uniform":
            return (given[1] - given[0]) ** 2 / 12
        if self.kind == "normal":
            return given[1] ** 2
        if self.kind == "lognormal":
            spread = exponential(given[1] ** 2)
            return (spread - 1) * self.mean**2
        return Fraction(0)

    def quantile(self, share: Fraction, deviate: Fraction) -> Fraction | None:
        """Return the value below which `share` lies; `deviate` is the standard normal's there.

        None for PERT, whose quantiles have no closed form.
        """
        given = self.parameters
        if self.kind == "uniform":
            return given[0] + share * (given[1] - given[0])
        if self.kind == "normal":
            return given[0] + deviate * given[1]
        if self.kind == "lognormal":
            return exponential(given[0] + deviate * given[1])
        if self.kind == "triangular":
            return _triangular_quantile(given, share)
        return given[0] if self.constant is not None else None


def exponential(exponent: Fraction) -> Fraction:
    """Return `e ** exponent` to 50 digits."""
    power = _WORKING.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    return Fraction(_WORKING.exp(power))


def square_root(value: Fraction) -> Fraction:
    """Return the square root to 50 digits."""
    quotient = _WORKING.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Fraction(_WORKING.sqrt(quotient))


def _triangular_quantile(given: Sequence[Fraction], share: Fraction) -> Fraction:
    low, mode, high = given
    width = high - low
    if share * width < mode - low:
        return low + square_root(share * width * (mode - low))
    return high - square_root((1 - share) * width * (high - mode))
