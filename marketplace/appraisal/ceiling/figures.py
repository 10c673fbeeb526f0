"""The figures of a price ceiling, as the `valuation` library computes them."""

from dataclasses import dataclass
from decimal import Decimal

from valuation.pricing import Ceiling, public_data_ceiling
from valuation.version import VERSION


@dataclass(frozen=True)
class Computed:
    """What follows from cost, rate and tax, to the cent."""

    permitted_profit: Decimal
    maximum_revenue: Decimal
    library_version: str = VERSION


def computed(*, operating_cost: Decimal, profit_rate: Decimal, tax: Decimal) -> Computed:
    """Compute the most that a period may earn: operating cost, permitted profit and tax."""
    ceiling = public_data_ceiling(
        operating_cost=operating_cost, permitted_profit_rate=profit_rate, tax=tax
    )
    return Computed(ceiling.permitted_profit, ceiling.max_revenue)


def permitted_revenue(maximum: Decimal, deducted: Decimal) -> Decimal:
    """Return what is left of a maximum after a deduction, 0 at least."""
    return max(maximum - deducted, Decimal("0.00"))


def excess(maximum: Decimal, *, deducted: Decimal, income: Decimal) -> Decimal:
    """Return what goes beyond a maximum: of the income, and of a deduction larger than it."""
    return max(income + deducted - maximum, Decimal("0.00"))


def price_ceiling(permitted: Decimal, units: int) -> Decimal:
    """Return the highest price of one of `units` licences, rounded down to the cent."""
    return Ceiling(Decimal(0), permitted).price_for(Decimal(units))
