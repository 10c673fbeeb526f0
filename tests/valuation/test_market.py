"""The market approach: adjustments, weights, and the traps of the date index."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation import codes_of, refusal_of, without
from valuation import replay, value

ONE: dict[str, Any] = {"currency": "CNY", "Q": 1000, "coefficients": {"quality": "1.1"}}
TWO: dict[str, Any] = {
    "currency": "CNY",
    "comparables": [
        {"price": 1000, "price_index": {"valuation_date": 110, "transaction_date": 100}},
        {"price": 1200, "quality": {"subject": 90, "comparable": 100}},
    ],
    "weights": ["0.25", "0.75"],
}
THREE: dict[str, Any] = {
    "currency": "CNY",
    "comparables": [{"price": 900}, {"price": 1000}, {"price": 1100}],
    "weights": ["0.2", "0.3", "0.5"],
}


def comparable(**fields: Any) -> dict[str, Any]:
    """Give inputs of one listed comparable."""
    return {"currency": "CNY", "comparables": [{"price": 1000, **fields}]}


def test_two_comparables_by_hand() -> None:
    """1000 · 1.10 and 1200 · 0.90, weighed one to three."""
    result = value("market", TWO)
    assert result.outputs["adjusted"] == [Decimal("1100.00"), Decimal("1080.00")]
    assert result.amount == result.outputs["weighted"] == Decimal("1085.00")
    assert result.outputs["mean"] == result.outputs["median"] == Decimal("1090.00")
    assert round(float(str(result.outputs["spread"])), 6) == round(20 / 1090, 6)
    assert codes_of(result) == ["few-comparables"]
    assert codes_of(value("market", THREE)) == []
    assert replay(result.to_dict()).same


def test_weights_may_stand_in_each_comparable() -> None:
    """Or in one list; without any, each counts the same and the reader is told."""
    within = [
        part | {"weight": weight}
        for part, weight in zip(TWO["comparables"], TWO["weights"], strict=True)
    ]
    given = without(TWO, "weights", comparables=within)
    assert value("market", given).amount == Decimal("1085.00")
    unweighted = value("market", without(TWO, "weights"))
    assert unweighted.amount == Decimal("1090.00")
    assert codes_of(unweighted) == ["comparables-unweighted", "few-comparables"]


def test_date_coefficient_is_valuation_over_transaction() -> None:
    """In all the ways in which it can be given."""
    index = {"valuation_date": 110, "transaction_date": 100}
    for fields in ({"date": "1.1"}, {"price_index": index}, {"date": index}):
        assert value("market", comparable(**fields)).amount == Decimal("1100.00")
    assert value("market", ONE | {"price_index": index}).outputs["X_date"] == Decimal("1.1")


@pytest.mark.parametrize(
    ("code", "sentence", "inputs"),
    [
        ("single-comparable", "one single comparable", ONE),
        ("single-comparable", "one single comparable", comparable()),
        (
            "date-index-falls",
            "not inverted",
            without(
                TWO,
                comparables=[
                    {"price": 1, "price_index": {"valuation_date": 100, "transaction_date": 110}},
                    {"price": 1},
                    {"price": 1},
                ],
                weights=["0.2", "0.3", "0.5"],
            ),
        ),
        ("few-comparables", "three at least", TWO),
        ("currency-unstated", "no money", without(THREE, "currency")),
    ],
)
def test_warning(code: str, sentence: str, inputs: dict[str, Any]) -> None:
    """A trap that may be meant is warned of in words."""
    result = value("market", inputs)
    assert codes_of(result) == [code]
    assert sentence in result.warnings[0].sentence


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("comparables-missing", {"currency": "CNY"}),
        ("comparables-missing", {"currency": "CNY", "comparables": []}),
        ("currencies-mixed", comparable(currency="USD")),
        (
            "date-index-inverted",
            comparable(date="0.8", price_index={"valuation_date": 125, "transaction_date": 100}),
        ),
        (
            "field-twice",
            comparable(date="1.2", price_index={"valuation_date": 125, "transaction_date": 100}),
        ),
        ("field-twice", without(TWO, comparables=[{"price": 1, "weight": 1}, {"price": 1}])),
        ("field-unknown", comparable(colour=1)),
        ("field-unknown", ONE | {"coefficients": {"colour": 1}}),
        ("field-missing", comparable(quality={"subject": 1})),
        ("not-positive", comparable(quality={"subject": 1, "comparable": 0})),
        ("not-positive", comparable(price=-1)),
        ("not-positive", ONE | {"coefficients": {"quality": -1}}),
        ("series-length", TWO | {"weights": [1]}),
        ("negative-value", TWO | {"weights": [2, -1]}),
        ("weights-sum", TWO | {"weights": ["0.5", "0.4"]}),
        ("not-a-list", TWO | {"weights": 1}),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule."""
    assert refusal_of("market", inputs).code == code


PRICES = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
COEFFICIENT = st.decimals(min_value=Decimal("0.1"), max_value=3, places=3)


@given(st.lists(st.tuples(PRICES, COEFFICIENT), min_size=1, max_size=6), COEFFICIENT)
def test_value_lies_within_the_adjusted_prices(
    comparables: list[tuple[Decimal, Decimal]], better: Decimal
) -> None:
    """It is positive, in its currency, within the adjusted prices, and monotone in quality."""
    inputs = {
        "currency": "EUR",
        "comparables": [{"price": price, "quality": q} for price, q in comparables],
    }
    result = value("market", inputs)
    lowest, highest = (Decimal(str(result.outputs[name])) for name in ("min", "max"))
    assert lowest <= result.worth <= highest
    assert result.currency == "EUR"
    raised = [{"price": price, "quality": q + better} for price, q in comparables]
    assert value("market", inputs | {"comparables": raised}).worth >= result.worth
    assert Fraction(result.worth) >= 0
