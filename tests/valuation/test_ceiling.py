"""What public data may earn: the worked case, the free purposes, the price that is too high."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation_cases import answered, cases
from valuation import ValuationError, value
from valuation.pricing import Ceiling, public_data_ceiling

(CASE,) = (case for case in cases("pricing") if case["id"] == "pricing-07")
MONEY = st.decimals(min_value=0, max_value=10**10, places=2)


def test_worked_case_to_the_cent() -> None:
    """The importable function answers exact money."""
    ceiling = public_data_ceiling(
        operating_cost=Decimal(6000000),
        permitted_profit_rate=Decimal("0.08"),
        tax=Decimal(420000),
        actual_revenue=Decimal(7200000),
        next_period_max_before_deduction=Decimal(7000000),
    )
    assert ceiling == Ceiling(
        permitted_profit=Decimal("480000.00"),
        max_revenue=Decimal("6900000.00"),
        excess=Decimal("300000.00"),
        next_period_max=Decimal("6700000.00"),
        carried_over=Decimal("0.00"),
    )
    assert ceiling.price_for(Decimal(7)) == Decimal("985714.28")


def test_excess_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the amount."""
    answer = answered("pricing", CASE["inputs"] | {"currency": "CNY"}, tmp_path, capsys)
    [warning] = answer["warnings"]
    assert warning["code"] == "excess-revenue"
    assert "300000.00 were earned above" in warning["sentence"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"price": "690000.01", "expected_units": 10}, "price-above-ceiling"),
        ({"price": 11, "price_ceiling": 10}, "price-above-ceiling"),
        ({"price": 1, "purpose": "public_welfare"}, "public-use-is-free"),
        ({"operating_cost": -1}, "negative-value"),
        ({"purpose": "fun"}, "not-one-of"),
        ({"profit": 1}, "field-unknown"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("pricing", CASE["inputs"] | changes)
    assert refused.value.code == code


def test_free_purposes_cost_nothing() -> None:
    """With or without the figures of the period, the price is 0."""
    for given_inputs in ({"use": "public_governance"}, CASE["inputs"] | {"use": "public_welfare"}):
        assert value("pricing", given_inputs).outputs["price"] == 0


def test_the_price_at_the_ceiling_passes() -> None:
    """And with a currency the amount is the maximum revenue."""
    result = value(
        "pricing", CASE["inputs"] | {"currency": "CNY", "price": 690000, "expected_units": 10}
    )
    assert result.amount == Decimal("6900000.00")
    assert result.outputs["price_ceiling"] == Decimal("690000.00")
    assert value("pricing", {"price": 10, "ceiling": 10}).outputs["price"] == 10


@given(MONEY, MONEY, MONEY, MONEY)
def test_nothing_is_lost_between_periods(
    cost: Decimal, tax: Decimal, actual: Decimal, following: Decimal
) -> None:
    """What is earned too much is deducted, or stays to be deducted."""
    ceiling = public_data_ceiling(
        operating_cost=cost,
        permitted_profit_rate=Decimal("0.08"),
        tax=tax,
        actual_revenue=actual,
        next_period_max_before_deduction=following,
    )
    assert ceiling.excess is not None
    assert ceiling.next_period_max is not None
    assert ceiling.carried_over is not None
    assert min(ceiling.excess, ceiling.next_period_max, ceiling.carried_over) >= 0
    assert ceiling.next_period_max - ceiling.carried_over == following - ceiling.excess
    assert ceiling.excess == max(Decimal(0), actual - ceiling.max_revenue)
