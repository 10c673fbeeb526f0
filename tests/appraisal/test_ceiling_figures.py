"""Whatever a period costs and earns, its ceiling keeps under the maximum and loses no cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from marketplace.appraisal.ceiling import figures

MONEY = st.decimals(0, 10**9, places=2)
RATE = st.decimals(0, 1, places=4)


@given(cost=MONEY, rate=RATE, tax=MONEY, units=st.integers(1, 10**6))
def test_all_licences_together_keep_under_the_maximum(
    cost: Decimal, rate: Decimal, tax: Decimal, units: int
) -> None:
    """And one cent more a licence would not."""
    computed = figures.computed(operating_cost=cost, profit_rate=rate, tax=tax)
    maximum = computed.maximum_revenue
    assert maximum == cost + computed.permitted_profit + tax
    price = figures.price_ceiling(maximum, units)
    assert price * units <= maximum < (price + Decimal("0.01")) * units


@given(cost=MONEY, rate=RATE, tax=MONEY, more=MONEY)
def test_a_dearer_operation_permits_no_less(
    cost: Decimal, rate: Decimal, tax: Decimal, more: Decimal
) -> None:
    """The maximum rises with cost and tax."""

    def maximum(cost: Decimal, tax: Decimal) -> Decimal:
        return figures.computed(operating_cost=cost, profit_rate=rate, tax=tax).maximum_revenue

    assert maximum(cost + more, tax) >= maximum(cost, tax) + more
    assert maximum(cost, tax + more) == maximum(cost, tax) + more


@given(maximum=MONEY, deducted=MONEY, incomes=st.lists(MONEY, max_size=6))
def test_the_excess_only_grows_and_loses_nothing(
    maximum: Decimal, deducted: Decimal, incomes: list[Decimal]
) -> None:
    """Income by income; what is not excess was permitted."""
    earned, before = Decimal(0), Decimal(0)
    for income in incomes:
        earned += income
        now = figures.excess(maximum, deducted=deducted, income=earned)
        assert before <= now
        before = now
    excess = figures.excess(maximum, deducted=deducted, income=earned)
    room = max(maximum - deducted - earned, Decimal(0))
    assert earned + deducted == maximum + excess - room
    assert figures.permitted_revenue(maximum, deducted) == max(maximum - deducted, Decimal(0))
