"""The sum of costs, the stock by perpetual inventory, and growth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.given.valuation import codes_of, refusal_of
from valuation import replay, value

PEOPLE: dict[str, Any] = {
    "currency": "CNY",
    "occupations": [{"n": 10, "wage": 100000, "share": "0.5"}],
    "nondirect": "0.5",
    "capital": "0.03",
}
STOCK: dict[str, Any] = {"currency": "CNY", "K0": 100, "investment": [50, 40], "d": "0.2"}


def test_one_share_gives_one_amount() -> None:
    """10 · 100,000 · 0.5 · 1.5 · 1.03."""
    result = value("statistical", PEOPLE)
    assert result.amount == Decimal("772500.00")
    assert result.outputs == {"labour": Decimal("500000.00"), "I": Decimal("772500.00")}


def test_stock_by_perpetual_inventory() -> None:
    """100 · 0.8 + 50 · 0.9 = 125; 125 · 0.8 + 40 · 0.9 = 136."""
    result = value("statistical", STOCK)
    assert result.outputs["K"] == [Decimal("125.00"), Decimal("136.00")]
    assert result.amount == result.outputs["K_T"] == Decimal("136.00")
    other = {"currency": "CNY", "K0": 100, "I": [50, 40], "depreciation": "0.2"}
    assert value("statistical", other).amount == result.amount
    assert codes_of(result) == []
    assert replay(result.to_dict()).same


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("statistics-missing", {"currency": "CNY"}),
        ("statistics-missing", PEOPLE | {"occupations": []}),
        ("field-twice", PEOPLE | {"investment": [1]}),
        (
            "shares-reversed",
            {"occupations": [{"n": 1, "wage": 1, "share_low": "0.5", "share_high": "0.4"}]},
        ),
        ("share-out-of-range", {"occupations": [{"n": 1, "wage": 1, "share": 2}]}),
        ("share-out-of-range", STOCK | {"d": "1.1"}),
        ("negative-value", STOCK | {"investment": [1, -1]}),
        ("negative-value", {"occupations": [{"n": -1, "wage": 1, "share": 1}]}),
        ("not-positive", {"V0": 0, "VT": 1, "T": 1}),
        ("field-missing", {"V0": 1, "VT": 1}),
        ("years-out-of-range", {"V0": 1, "VT": 2, "T": "1e-19"}),
        ("years-out-of-range", {"V0": 1, "VT": 2, "T": 10**9}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("statistical", inputs).code == code
