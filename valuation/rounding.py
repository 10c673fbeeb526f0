"""From exact fractions to the decimals that people read.

Methods compute in `fractions.Fraction`, so that no intermediate figure is rounded and the cents do
not depend on the order of operations, the machine or the caller's decimal context.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

_READABLE = Context(prec=28, rounding=ROUND_HALF_EVEN)


def to_cents(amount: Fraction) -> Decimal:
    """Round to two places, half away from zero."""
    hundredths = math.floor(abs(amount) * 100 + Fraction(1, 2))
    sign = "-" if amount < 0 and hundredths else ""
    return Decimal(f"{sign}{hundredths // 100}.{hundredths % 100:02d}")


def to_decimal(value: Fraction) -> Decimal:
    """Give the decimal of 28 significant digits that is nearest to a fraction."""
    return _READABLE.divide(Decimal(value.numerator), Decimal(value.denominator))


def as_amount(amount: Fraction) -> Decimal:
    """Give an amount that was put in: with two places, or with all that it has if it has more."""
    cents = to_cents(amount)
    return cents if cents == amount else to_decimal(amount)


def as_text(value: Decimal) -> str:
    """Write a decimal without an exponent."""
    return f"{value:f}"


def short(value: Fraction) -> str:
    """Write a number for a formula or a sentence, with six places at most."""
    rounded = _READABLE.quantize(to_decimal(value), Decimal("0.000001"))
    return as_text(_READABLE.normalize(rounded))
