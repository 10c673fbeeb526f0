"""Infonomics: every model by hand, and never a total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.given.valuation import codes_of, refusal_of, without
from valuation import replay, value

BUSINESS: dict[str, Any] = {
    "relevance": ["0.5", "0.25"],
    "validity": "0.9",
    "completeness": "0.8",
    "timeliness": "0.5",
}
COST: dict[str, Any] = {
    "currency": "CNY",
    "expense": 1000,
    "attribution": "0.4",
    "T_months": 24,
    "t_months": 12,
    "lost_income": [100, 50],
}
ECONOMIC: dict[str, Any] = {
    "currency": "CNY",
    "revenue_informed": 1000,
    "revenue_control": 600,
    "acquisition": 50,
    "administration": 30,
    "application": 20,
    "T_months": 12,
    "t_months": 3,
}
MARKET: dict[str, Any] = {"currency": "CNY", "exclusive_price": 200, "licensees": 6, "premium": 4}


def test_indices_are_no_money() -> None:
    """0.75 · 0.9 · 0.8 · 0.5."""
    result = value("infonomics", BUSINESS)
    assert (result.amount, result.outputs) == (None, {"BVI": Decimal("0.27")})
    pair = {"kpi_informed": 120, "kpi_control": 100, "T_months": 12, "t_months": 6}
    assert value("infonomics", pair).outputs == {"PVI": Decimal("0.4")}


@pytest.mark.parametrize(
    ("inputs", "name", "amount"),
    [
        (COST, "CVI", "950.00"),  # 1000 · 0.4 · 24/12 + 150
        (ECONOMIC, "EVI", "1200.00"),  # (400 − 100) · 12/3
        (MARKET, "MVI", "300.00"),
    ],
)
def test_money_by_hand(inputs: dict[str, Any], name: str, amount: str) -> None:
    """One model of money answers an amount in its currency."""
    result = value("infonomics", inputs)
    assert result.amount == result.outputs[name] == Decimal(amount)
    assert replay(result.to_dict()).same


def test_several_models_stand_side_by_side() -> None:
    """Without an amount, and with the sentence that they are not added."""
    result = value("infonomics", BUSINESS | MARKET)
    assert result.amount is None
    assert set(result.outputs) == {"BVI", "MVI"}
    assert codes_of(result) == ["models-side-by-side"]
    assert "never add them up" in result.warnings[0].sentence


def test_a_loss_is_told() -> None:
    """The figure stands with its sentence."""
    result = value("infonomics", ECONOMIC | {"revenue_informed": 100})
    assert codes_of(result) == ["model-negative"]


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("models-never-added", BUSINESS | MARKET | {"add": True}),
        ("models-never-added", BUSINESS | {"total": ["BVI", "MVI"]}),
        ("model-missing", {"validity": 1}),
        ("share-out-of-range", BUSINESS | {"validity": "1.1"}),
        ("negative-value", BUSINESS | {"relevance": [-1]}),
        ("negative-value", COST | {"lost_income": -1}),
        ("not-positive", MARKET | {"premium": 0}),
        ("field-missing", without(ECONOMIC, "t_months")),
        ("field-missing", {"kpi": [], "T_months": 1, "t_months": 1}),
        ("field-twice", ECONOMIC | {"costs": 5}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("infonomics", inputs).code == code
