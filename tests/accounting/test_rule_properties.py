"""What must hold of the rules whatever the figures are."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounting.standards import amortization, inventory
from marketplace.accounting.standards.figures import Given
from marketplace.accounting.standards.profiles import profile_named
from marketplace.accounting.standards.ratio import BalanceSheet, Operation, after, equity_needed

MONEY = st.decimals(min_value=0, max_value=10**9, places=2)
SOME = st.decimals(min_value=1, max_value=10**9, places=2)
CAS = profile_named("cas")


@given(cost=MONEY, months=st.integers(1, 240), first=st.integers(1, 12))
def test_a_schedule_uses_up_the_cost(cost: Decimal, months: int, first: int) -> None:
    """Never below zero on the way, and each month once."""
    years = amortization.straight_line(cost, months, first_year_months=first)
    assert sum(year.months for year in years) == months
    assert abs(sum(year.amortized for year in years) - cost) < Decimal("0.000001")
    assert all(year.carrying >= 0 for year in years)
    assert years[-1].carrying == 0


def test_the_month_of_readiness_is_the_first() -> None:
    """October, November and December of the first year, and the rest after it."""
    figures = amortization.schedule(Given({"cost": 24, "months": 24, "ready": "2026-10-31"}), CAS)
    assert (figures["months_in_year1"], figures["amortisation"]) == (3, [3, 12, 9])


@given(
    carrying=SOME,
    recoverable=MONEY,
    later=MONEY,
    months=st.integers(1, 60),
    gone=st.integers(0, 60),
)
def test_a_reversal_never_lifts_above_the_depreciated_cost(
    carrying: Decimal, recoverable: Decimal, later: Decimal, months: int, gone: int
) -> None:
    """And CAS reverses nothing."""
    inputs = {
        "carrying": carrying,
        "recoverable": recoverable,
        "later_recoverable": later,
        "remaining_months": months,
        "months_until_later": gone,
    }
    found = amortization.impairment(Given(inputs), CAS)
    assert found["reversal_CAS"] == 0
    lifted, ceiling = found["carrying_after_IFRS"], found["reversal_ceiling"]
    assert isinstance(lifted, Decimal)
    assert isinstance(ceiling, Decimal)
    assert 0 <= lifted <= ceiling


@given(cost=MONEY, value=MONEY, later=MONEY)
def test_stock_is_never_above_cost(cost: Decimal, value: Decimal, later: Decimal) -> None:
    """Nor above what it brings."""
    found = inventory.lower_of_cost(Given({"cost": cost, "nrv": value, "later_nrv": later}), CAS)
    assert found["carrying"] == min(cost, value)
    assert found["carrying_after_reversal"] == max(min(cost, value), min(cost, later))


@given(assets=SOME, liabilities=MONEY, target=st.decimals(min_value=1, max_value=100, places=2))
def test_the_equity_needed_reaches_the_target(
    assets: Decimal, liabilities: Decimal, target: Decimal
) -> None:
    """And none is needed below it."""
    sheet = BalanceSheet(assets, liabilities)
    reached = sheet.moved(equity_needed(sheet, target), Decimal(0)).ratio
    assert reached <= target + Decimal("0.000001")


@given(assets=SOME, liabilities=MONEY, amount=MONEY)
def test_an_appraisal_moves_nothing(assets: Decimal, liabilities: Decimal, amount: Decimal) -> None:
    """Whatever it comes to; equity never raises the ratio."""
    sheet = BalanceSheet(assets, liabilities)
    assert after(sheet, Operation.APPRAISAL, amount) == sheet
    assert after(sheet, Operation.EQUITY, amount).ratio <= sheet.ratio
