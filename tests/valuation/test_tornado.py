"""Sensitivities of closed forms: one input at a time, the longest bar first."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.given.valuation_cases import answered
from valuation import ValuationError, value

COST: dict[str, Any] = {
    "currency": "CNY",
    "cost_basis": "replacement",
    "components": {"direct": 1000, "indirect": 200},
    "quality_coefficient": "0.9",
    "remaining_life_years": 4,
    "total_life_years": 5,
}
VARY: dict[str, Any] = {
    "components.indirect": {"low": 150, "high": 300},
    "components.direct": [900, 1200],
    "quality_coefficient": "0.1",
}


def test_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the command line, with the base and the values at either end."""
    inputs = {"method": "cost", "inputs": COST, "vary": VARY}
    answer = answered("tornado", inputs, tmp_path, capsys)
    assert (answer["base"], answer["amount"]) == (864.0, "864.00")
    assert answer["order"] == ["components.direct", "quality_coefficient", "components.indirect"]
    assert answer["bars"][0] == {
        "name": "components.direct",
        "base": 1000.0,
        "low": 900.0,
        "high": 1200.0,
        "value_low": 792.0,
        "value_high": 1008.0,
        "swing": 216.0,
    }
    assert answer["bars"][1]["low"] == pytest.approx(0.81)


def test_another_figure_and_a_list() -> None:
    """A figure that is no amount can be watched; lists move by a share, their parts by place."""
    cover = {"view_prices": {"A": 30, "B": 40}, "queries": ["AB"]}
    with pytest.raises(ValuationError) as refused:
        value("tornado", {"method": "pricing", "inputs": cover, "vary": {}})
    assert refused.value.code == "tornado-method"
    noise = {"c": 100, "variances": [4]}
    result = value(
        "tornado",
        {
            "method": "pricing",
            "inputs": noise,
            "output": "price",
            "vary": {"variances": "0.5", "variances[1]": [2, 8], "c": [50, 150]},
        },
    )
    assert result.amount is None
    assert result.outputs["base"] == 25
    listed: Any = result.outputs["bars"]
    bars = {bar["name"]: bar for bar in listed}
    assert bars["variances[1]"]["swing"] == Decimal("37.5")
    assert bars["variances"]["low"] is None
    assert bars["c"]["value_high"] == Decimal("37.5")


def test_a_base_outside_its_range_is_warned_of() -> None:
    """A slip of the low or the high is seen."""
    inputs = {"method": "cost", "inputs": COST, "vary": {"components.direct": [2000, 3000]}}
    [warning] = value("tornado", inputs).warnings
    assert warning.sentence.startswith("The base 1000 of components.direct does not lie")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vary": {"components.luck": [1, 2]}}, "tornado-input-unknown"),
        ({"vary": {"components": [1, 2]}}, "tornado-input-unknown"),
        ({"vary": {"components.direct": [1, 2, 3]}}, "names-do-not-fit"),
        ({"vary": {"components.direct": [-1, 2]}}, "tornado-refused"),
        ({"output": "beauty"}, "tornado-output"),
        ({"method": "simulate", "inputs": {"value": 1}}, "tornado-method"),
        ({"method": "guess"}, "unknown-method"),
        ({"vary": None}, "field-missing"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("tornado", {"method": "cost", "inputs": COST, "vary": VARY} | changes)
    assert refused.value.code == code
