"""Dividing a joint price so that the shares add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from valuation.errors import ValuationError
from valuation.rounding import of_units, places_of, to_decimal


def shares_of(
    price: Decimal, values: Sequence[Fraction], currency: str = "CNY"
) -> tuple[Decimal, ...]:
    """Divide a price in proportion to values of 0 or more, to the smallest unit of its currency.

    The units that rounding down leaves go to the largest remainders, at a tie to the first owner.
    Without a currency the shares are numbers, which are not rounded.

    Raises:
        ValuationError: `shares-impossible`, a value is negative or all are 0; `price-not-in-cents`.
    """
    total = sum(values, Fraction(0))
    if total <= 0 or min(values) < 0:
        raise ValuationError("shares-impossible")
    if not currency:
        return tuple(to_decimal(Fraction(price) * value / total) for value in values)
    places = places_of(currency)
    units = Fraction(price) * 10**places
    if units.denominator != 1:
        raise ValuationError("price-not-in-cents", price=price, places=places)
    exact = [units * value / total for value in values]
    whole = [math.floor(part) for part in exact]
    left = int(units) - sum(whole)
    by_remainder = sorted(range(len(values)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[:left]:
        whole[place] += 1
    return tuple(of_units(part, places) for part in whole)
