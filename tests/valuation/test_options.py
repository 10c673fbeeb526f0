"""Real options: against the closed form by hand, parity, and never added or quoted alone."""

from __future__ import annotations

from decimal import Decimal
from math import erf, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation import codes_of, refusal_of, without
from valuation import replay, value
from valuation.normal import distribution

GIVEN: dict[str, Any] = {
    "currency": "CNY",
    "S": 100,
    "K": 110,
    "r": "0.03",
    "sigma": "0.4",
    "T": 2,
    "q": "0.05",
    "sigma_evidence": "volatility of three listed data companies, 2023 to 2025",
}
MONEY = st.decimals(min_value=1, max_value=10**7, places=2)
RATE = st.decimals(min_value=0, max_value=1, places=3)


@pytest.mark.parametrize("x", ["-9", "-3.5", "-1", "0", "0.25", "1.96", "6"])
def test_distribution(x: str) -> None:
    """The decimals agree with the error function to what a binary number holds."""
    expected = (1 + erf(float(x) / sqrt(2))) / 2
    assert float(distribution(Decimal(x))) == pytest.approx(expected, abs=1e-15)


def test_distribution_far_out() -> None:
    """It ends at 0 and 1."""
    assert distribution(Decimal(41)) == 1
    assert distribution(Decimal(-41)) == 0


def test_static_value_stands_beside_the_option() -> None:
    """The result has both and no amount, and says so."""
    result = value("options", GIVEN)
    assert result.amount is None
    assert result.outputs["static_npv"] == Decimal("-10.00")
    assert codes_of(result) == ["option-beside-static"]
    assert "never add the two" in result.warnings[0].sentence
    assert replay(result.to_dict()).same


def test_giving_up_is_a_put() -> None:
    """The value of the kind that is asked for."""
    result = value("options", GIVEN | {"kind": "put"})
    assert result.outputs["option_value"] == round(Decimal(str(result.outputs["put"])), 2)
    assert result.outputs["static_npv"] == Decimal("10.00")


def test_volatility_needs_evidence() -> None:
    """In its own field or among the sources."""
    bare = without(GIVEN, "sigma_evidence")
    assert codes_of(value("options", bare)) == ["option-beside-static", "sigma-without-evidence"]
    told = value("options", bare | {"sources": {"sigma": "simulation 7"}})
    assert codes_of(told) == ["option-beside-static"]


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("option-never-added", GIVEN | {"add": True}),
        ("not-positive", GIVEN | {"sigma": 0}),
        ("not-positive", GIVEN | {"S": -1}),
        ("negative-value", GIVEN | {"q": "-0.1"}),
        ("above-sense", GIVEN | {"sigma": 40}),
        ("field-missing", without(GIVEN, "T")),
        ("not-one-of", GIVEN | {"kind": "straddle"}),
        ("not-text", GIVEN | {"sigma_evidence": ""}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("options", inputs).code == code


@given(MONEY, MONEY, RATE, RATE, st.decimals(min_value=Decimal("0.01"), max_value=2, places=2))
def test_parity_and_bounds(
    worth: Decimal, cost: Decimal, rate: Decimal, leak: Decimal, sigma: Decimal
) -> None:
    """`call − put = S·e^(−qT) − K·e^(−rT)`; neither is below 0 or above what it is a right to."""
    inputs = {"S": worth, "K": cost, "r": rate, "q": leak, "sigma": sigma, "T": "1.5"}
    outputs = value("options", inputs).outputs
    call, put = (Decimal(str(outputs[name])) for name in ("call", "put"))
    forward = worth * (-leak * Decimal("1.5")).exp() - cost * (-rate * Decimal("1.5")).exp()
    assert abs(call - put - forward) < Decimal("1E-12")
    assert 0 <= call <= worth
    assert 0 <= put <= cost
