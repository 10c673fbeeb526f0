"""What public data may earn: the maximum revenue, and what is taken back from the next period.

Source: 发改价格〔2025〕65号 as restated: maximum revenue = operating cost + permitted profit + tax;
what is earned above it is deducted in the next period; prices stay at or under the ceiling; use for
public governance and public welfare is free. The rate of profit is set by the jurisdiction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.rounding import of_units, places_of, rounded, to_decimal

FREE_PURPOSES: Final = ("public_governance", "public_welfare")
"""Purposes for which public data costs nothing."""


@dataclass(frozen=True)
class Ceiling:
    """The ceiling of one period, to the smallest unit of its currency; without one, exact.

    `excess` is what was earned above `max_revenue`, and `next_period_max` what the next period may
    earn after it is deducted: never less than 0, the rest stays in `carried_over`. Both are None
    where no actual revenue, or no maximum of the next period, is told.
    """

    permitted_profit: Decimal
    max_revenue: Decimal
    excess: Decimal | None = None
    next_period_max: Decimal | None = None
    carried_over: Decimal | None = None
    currency: str = "CNY"

    def price_for(self, units: Decimal) -> Decimal:
        """Return the highest price of one of `units` equal sales, rounded down to a whole unit.

        Raises:
            ValuationError: `not-positive`, there are no units.
        """
        if units <= 0:
            raise ValuationError("not-positive", field="expected_units", given=units)
        price = Fraction(self.max_revenue) / Fraction(units)
        if not self.currency:
            return to_decimal(price)
        places = places_of(self.currency)
        return of_units(int(price * 10**places), places)

    def refuse_price(self, price: Decimal, units: Decimal = Decimal(1)) -> None:
        """Refuse a price at which `units` sales earn more than is permitted.

        Raises:
            ValuationError: `price-above-ceiling`, with the highest price that is permitted.
        """
        if Fraction(price) * Fraction(units) > Fraction(self.max_revenue):
            raise ValuationError("price-above-ceiling", price=price, ceiling=self.price_for(units))


def refuse_charge_for_free_use(price: Decimal, purpose: str) -> None:
    """Refuse a price above 0 for one of `FREE_PURPOSES`.

    Raises:
        ValuationError: `public-use-is-free`.
    """
    if purpose in FREE_PURPOSES and price != 0:
        raise ValuationError("public-use-is-free", price=price, purpose=purpose)


def public_data_ceiling(
    *,
    operating_cost: Decimal,
    permitted_profit_rate: Decimal,
    tax: Decimal = Decimal(0),
    actual_revenue: Decimal | None = None,
    next_period_max_before_deduction: Decimal | None = None,
    currency: str = "CNY",
) -> Ceiling:
    """Compute what public data may earn in a period.

    Money is in one currency and taken exactly; the rate is a share of the operating cost. Each
    figure is rounded once, to the smallest unit of the currency; without a currency to none.

    Raises:
        ValuationError: `negative-value`, a figure is below 0.
    """
    given = {
        "operating_cost": operating_cost,
        "permitted_profit_rate": permitted_profit_rate,
        "tax": tax,
        "actual_revenue": actual_revenue,
        "next_period_max_before_deduction": next_period_max_before_deduction,
    }
    for name, figure in given.items():
        if figure is not None and figure < 0:
            raise ValuationError("negative-value", field=name, given=figure)
    profit = Fraction(operating_cost) * Fraction(permitted_profit_rate)
    maximum = Fraction(operating_cost) + profit + Fraction(tax)
    ceiling = Ceiling(rounded(profit, currency), rounded(maximum, currency), currency=currency)
    if actual_revenue is None:
        return ceiling
    # What is deducted is what was earned above the ceiling that was told, which is rounded.
    excess = max(Fraction(0), Fraction(actual_revenue) - Fraction(ceiling.max_revenue))
    if next_period_max_before_deduction is None:
        return replace(ceiling, excess=rounded(excess, currency))
    left = Fraction(next_period_max_before_deduction) - excess
    return replace(
        ceiling,
        excess=rounded(excess, currency),
        next_period_max=rounded(max(Fraction(0), left), currency),
        carried_over=rounded(max(Fraction(0), -left), currency),
    )
