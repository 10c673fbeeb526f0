"""The standard normal distribution in decimals of 60 digits: the same on every machine."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from valuation.powers import PRECISE

_PI: Final = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
_FARTHEST: Final = Decimal(40)
"""Beyond it the distribution is 0 or 1 to more than 300 digits."""


def density(x: Decimal) -> Decimal:
    """Return the density, `exp(−x²/2) / √(2π)`."""
    root = PRECISE.sqrt(PRECISE.multiply(Decimal(2), _PI))
    half_square = PRECISE.divide(PRECISE.multiply(x, x), Decimal(2))
    return PRECISE.divide(PRECISE.exp(-half_square), root)


def distribution(x: Decimal) -> Decimal:
    """Return the probability of at most `x`, right to 40 places.

    The series `1/2 + density(x) · (x + x³/3 + x⁵/(3·5) + …)` has terms of one sign, so that nothing
    cancels but near 0 and 1, where the value itself is small against its error.
    """
    if abs(x) > _FARTHEST:
        return Decimal(1) if x > 0 else Decimal(0)
    term, total, place = x, x, 1
    square = PRECISE.multiply(x, x)
    while abs(term) > Decimal("1E-55") * max(abs(total), Decimal("1E-5")):
        place += 2
        term = PRECISE.divide(PRECISE.multiply(term, square), Decimal(place))
        total = PRECISE.add(total, term)
    return PRECISE.add(Decimal("0.5"), PRECISE.multiply(density(x), total))
