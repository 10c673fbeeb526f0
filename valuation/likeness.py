"""Whether a recomputed figure is the stored one: exactly, or within a method's stated tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

TOLERANCE: Final = "relative_tolerance"
"""The output by which a sampled method states how far two machines may be apart."""

SAMPLER: Final = "numpy"
"""The output that names the version of numpy which drew."""

_COUNT_SLACK: Final = 2
"""A draw at the very edge of a histogram's bin may fall to either side."""


def alike(then: object, now: object, tolerance: str | None) -> bool:
    """Compare stored outputs with recomputed ones; without a tolerance they have to be equal."""
    if tolerance is None or then == now:
        return then == now
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        return then.keys() == now.keys() and all(
            alike(then[name], now[name], tolerance) for name in now
        )
    if isinstance(then, list) and isinstance(now, list):
        return len(then) == len(now) and all(
            _counts_alike(one, other) or alike(one, other, tolerance)
            for one, other in zip(then, now, strict=True)
        )
    if not isinstance(then, str) or not isinstance(now, str):
        return False
    try:
        one, other = Decimal(then), Decimal(now)
    except InvalidOperation:
        return False
    if not one.is_finite() or not other.is_finite():
        return False
    apart = abs(Fraction(one) - Fraction(other))
    return apart <= Fraction(tolerance) * max(abs(Fraction(one)), abs(Fraction(other)))


def _counts_alike(then: object, now: object) -> bool:
    return isinstance(then, int) and isinstance(now, int) and abs(then - now) <= _COUNT_SLACK
