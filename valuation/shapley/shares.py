"""Dividing a joint price so that the cents add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from valuation.errors import ValuationError


def shares_of(price: Decimal, values: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Divide a price of whole cents in proportion to values of 0 or more, to the cent.

    The cents that rounding down leaves go to the largest remainders, at a tie to the first owner.

    Raises:
        ValuationError: `SHARES_IMPOSSIBLE`, a value is negative or all are 0; `PRICE_NOT_IN_CENTS`.
    """
    total = sum(values, Fraction(0))
    if total <= 0 or min(values) < 0:
        raise ValuationError("SHARES_IMPOSSIBLE")
    cents = Fraction(price) * 100
    if cents.denominator != 1:
        raise ValuationError("PRICE_NOT_IN_CENTS", price=price)
    exact = [cents * value / total for value in values]
    whole = [math.floor(part) for part in exact]
    left = int(cents) - sum(whole)
    by_remainder = sorted(range(len(values)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[:left]:
        whole[place] += 1
    return tuple(Decimal(part).scaleb(-2) for part in whole)
