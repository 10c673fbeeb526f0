"""Several approaches to one range: weights with reasons, and never a silent average."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation import codes_of, refusal_of, without
from valuation import replay, value

COST: dict[str, Any] = {
    "method": "cost",
    "amount": 1000,
    "weight": "0.25",
    "reason": "The costs are documented, but the data is scarce.",
}
INCOME: dict[str, Any] = {
    "method": "income",
    "amount": 1800,
    "weight": "0.75",
    "reason": "Two contracts show what it earns.",
}
GIVEN: dict[str, Any] = {
    "currency": "CNY",
    "valuation_date": "2025-12-31",
    "purpose": "transfer",
    "right": "operate",
    "results": [COST, INCOME],
}


def results(*parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Give inputs with these results."""
    return GIVEN | {"results": list(parts)} | changes


def test_range_and_weighted_amount() -> None:
    """From 1000 to 1800, weighed 1 to 3; each weight carries its reason."""
    result = value("reconcile", GIVEN)
    assert result.amount == result.outputs["weighted"] == Decimal("1600.00")
    assert (result.outputs["low"], result.outputs["high"]) == (Decimal("1000.00"), Decimal(1800))
    assert result.outputs["spread"] == Decimal("0.5")
    assert codes_of(result) == []
    reasons = [node.source for _, node in result.explanation.walk() if node.unit == "ratio"]
    assert reasons == [COST["reason"], INCOME["reason"]]
    assert replay(result.to_dict()).same


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("reason-missing", results(COST, without(INCOME, "reason"))),
        ("reason-missing", results(COST, INCOME | {"reason": " "})),
        ("field-missing", results(COST, without(INCOME, "weight"))),
        ("field-missing", without(GIVEN, "currency")),
        ("field-missing", without(results(COST | {"right": "use"}, INCOME), "right")),
        ("weights-sum", results(COST, INCOME | {"weight": "0.5"})),
        ("currencies-mixed", results(COST, INCOME | {"currency": "USD"})),
        ("results-unlike", results(COST, INCOME | {"valuation_date": "2024-12-31"})),
        ("results-unlike", results(COST, INCOME | {"purpose": "pledge"})),
        ("results-unlike", results(COST, INCOME | {"right": "use"})),
        ("results-too-few", results(COST | {"weight": 1})),
        ("series-too-long", results(*[COST] * 21)),
        ("negative-value", results(COST, INCOME | {"amount": -1})),
        ("no-approach", results(COST, INCOME | {"method": "options"})),
        ("no-approach", results(COST, INCOME | {"method": "infonomics"})),
        ("field-unknown", GIVEN | {"average": True}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("reconcile", inputs).code == code


def test_warnings() -> None:
    """A wide range, and a purpose that nobody states."""
    wide = value("reconcile", results(COST, INCOME | {"amount": 5000}))
    assert codes_of(wide) == ["range-wide"]
    assert "from 1000 to 5000" in wide.warnings[0].sentence
    silent = value("reconcile", without(GIVEN, "purpose"))
    assert codes_of(silent) == ["results-context-unstated"]


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(AMOUNTS, AMOUNTS, st.decimals(min_value=0, max_value=1, places=3))
def test_weighted_amount_lies_within_the_range(one: Decimal, other: Decimal, w: Decimal) -> None:
    """Whatever the weights."""
    parts = COST | {"amount": one, "weight": w}, INCOME | {"amount": other, "weight": 1 - w}
    result = value("reconcile", results(*parts))
    assert min(one, other) <= result.worth <= max(one, other)
