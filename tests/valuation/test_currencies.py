"""Money has the places of its currency; what has no currency is no money and is not rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation import value
from valuation.pricing import Ceiling
from valuation.rounding import rounded

# ISO 4217, list one: minor units.
UNITS = {
    "CNY": "0.01",
    "USD": "0.01",
    "JPY": "1",
    "KRW": "1",
    "XOF": "1",
    "KWD": "0.001",
    "TND": "0.001",
    "CLF": "0.0001",
}


@given(st.sampled_from(sorted(UNITS)), st.decimals(-(10**12), 10**12, places=7))
def test_money_is_rounded_to_the_unit_of_its_currency(currency: str, amount: Decimal) -> None:
    """Half away from zero, and written with all its places."""
    exact = Context(prec=60, rounding=ROUND_HALF_UP)
    expected = exact.quantize(amount, Decimal(UNITS[currency]))
    found = rounded(Fraction(amount), currency)
    assert found == expected
    assert found.as_tuple().exponent == expected.as_tuple().exponent


@pytest.mark.parametrize(
    ("currency", "amount"),
    [("CNY", "333.33"), ("JPY", "333"), ("KWD", "333.333"), ("CLF", "333.3333")],
)
def test_a_value_is_in_units_of_its_currency(currency: str, amount: str) -> None:
    """1,000 times a third, by the market approach and by cost."""
    thirds = {"subject": 1, "comparable": 3}
    market = value(
        "market", {"currency": currency, "comparables": [{"price": 1000, "quality": thirds}]}
    )
    assert str(market.amount) == str(market.outputs["P"]) == amount
    assert f": {amount} {currency}" in f": {market.amount:,f} {market.currency}"
    cost = value(
        "cost",
        {
            "currency": currency,
            "components": dict.fromkeys(("preliminary", "indirect", "opportunity", "tax"), 0)
            | {"direct": 1000},
            "quality_coefficient": 1,
            "remaining_life_years": 1,
            "total_life_years": 3,
        },
    )
    assert str(cost.amount) == amount


def test_figures_without_a_currency_keep_their_places() -> None:
    """A thousandth of something is not nothing, whatever unit it is counted in."""
    thirds = {"subject": 1, "comparable": 3}
    small = value("market", {"comparables": [{"price": "0.001", "quality": thirds}]})
    assert small.amount is None
    assert small.outputs["P"] == Decimal("0.0003333333333333333333333333333")
    income = value("income", {"income": ["0.004"], "discount_rate": 0, "periods": 1})
    assert income.outputs["P"] == Decimal("0.004")
    stock = value("statistical", {"K0": "0.004", "d": 0, "investment": ["0.001"]})
    assert Decimal("0.005") in stock.outputs.values()


def test_a_joint_price_is_divided_in_units_of_its_currency() -> None:
    """Into whole yen, into thousandths of a dinar, and into numbers where it is no money."""
    alone = {"alone": {"a": 1, "b": 1, "c": 1}, "joint_price": 100}
    for currency, shares in (
        ("JPY", ["34", "33", "33"]),
        ("KWD", ["33.334", "33.333", "33.333"]),
        ("", ["33.33333333333333333333333333"] * 3),
    ):
        inputs = alone | ({"currency": currency} if currency else {})
        found = value("shapley", inputs).outputs["shares"]
        assert isinstance(found, dict)
        assert [str(share) for share in found.values()] == shares


def test_a_price_under_a_ceiling_is_in_units_of_its_currency() -> None:
    """A third of 100, rounded down, so that three sales stay within it."""
    for currency, price in (("CNY", "33.33"), ("JPY", "33"), ("KWD", "33.333")):
        ceiling = Ceiling(Decimal(0), Decimal(100), currency=currency)
        assert str(ceiling.price_for(Decimal(3))) == price
