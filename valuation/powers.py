"""Powers that are no fractions, in decimals of 60 digits: the same on every machine.

Whole powers stay exact. The others err by less than one unit in the 50th digit, so that money
rounded once from them has the same cents everywhere.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

PRECISE = Context(prec=60, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)


def precise(value: Fraction) -> Decimal:
    """Return the decimal of 60 significant digits that is nearest to a fraction."""
    return PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Raise a positive base to any power, exactly where the power is a whole number."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    logarithm = PRECISE.multiply(PRECISE.ln(precise(base)), precise(exponent))
    return Fraction(PRECISE.exp(logarithm))
