"""From exact fractions to the decimals that people read.

Methods compute in `fractions.Fraction`, so that no intermediate figure is rounded and the cents do
not depend on the order of operations, the machine or the caller's decimal context.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

_READABLE = Context(prec=28, rounding=ROUND_HALF_EVEN)


_PLACES: Final = {
    **dict.fromkeys(
        (
            *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"),
            *("VND", "VUV", "XAF", "XOF", "XPF"),
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
"""The currencies whose smallest unit is not a hundredth (ISO 4217, minor units)."""


def places_of(currency: str) -> int:
    """Return how many decimal places an amount of a currency has."""
    return _PLACES.get(currency, 2)


def rounded(amount: Fraction, currency: str) -> Decimal:
    """Round to the smallest unit of the currency, half away from zero.

    Without a currency the figure is no money and has no smallest unit: it is not rounded, but given
    with 28 significant digits.
    """
    if not currency:
        return to_decimal(amount)
    places = places_of(currency)
    units = math.floor(abs(amount) * 10**places + Fraction(1, 2))
    return of_units(-units if amount < 0 else units, places)


def of_units(units: int, places: int) -> Decimal:
    """Return an amount of so many smallest units, whatever the caller's decimal context is."""
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, -places))


def to_decimal(value: Fraction) -> Decimal:
    """Return the decimal of 28 significant digits that is nearest to a fraction."""
    return _READABLE.divide(Decimal(value.numerator), Decimal(value.denominator))


def as_amount(amount: Fraction, currency: str) -> Decimal:
    """Return an amount that was put in: with the places of its currency, or all that it has."""
    money = rounded(amount, currency)
    return money if money == amount else to_decimal(amount)


def as_text(value: Decimal) -> str:
    """Write a decimal without an exponent."""
    return f"{value:f}"


def short(value: Fraction) -> str:
    """Write a number for a formula or a sentence, with six places at most."""
    rounded = _READABLE.quantize(to_decimal(value), Decimal("0.000001"))
    return as_text(_READABLE.normalize(rounded))
