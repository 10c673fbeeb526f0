"""What holds for every income valuation of flows that are not negative."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from valuation import replay, value
from valuation.inputs import decimal_from

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
RATES = st.decimals(min_value=0, max_value=3, places=4)
LIVES = st.decimals(min_value=Decimal("0.1"), max_value=12, places=1)
CENT = Decimal("0.01")


@st.composite
def inputs_of_income(draw: st.DrawFn) -> dict[str, Any]:
    """Draw valid inputs of direct or split income, at either convention."""
    income = draw(st.lists(AMOUNTS, min_size=1, max_size=8))
    inputs: dict[str, Any] = {
        "currency": draw(st.sampled_from(["CNY", "EUR"])),
        "income": income,
        "discount_rate": draw(RATES),
        "convention": draw(st.sampled_from(["end", "mid"])),
        "quality_coefficient": draw(st.decimals(min_value=0, max_value=1, places=3)),
        "life_limits": {"contract": draw(LIVES)},
    }
    if draw(st.booleans()):
        share = st.decimals(min_value=0, max_value=1, places=3)
        inputs["split_rates"] = draw(st.lists(share, min_size=len(income), max_size=len(income)))
    return inputs


@given(inputs_of_income())
def test_never_negative_and_in_its_currency(inputs: dict[str, Any]) -> None:
    """A value is at least 0; every amount on the way is in the currency that was given."""
    result = value("income", inputs)
    assert result.worth >= 0
    assert result.currency == inputs["currency"]
    units = {node.unit for _, node in result.explanation.walk()}
    assert units <= {inputs["currency"], "ratio", "years"}


@given(inputs_of_income(), st.data())
def test_monotone_in_income(inputs: dict[str, Any], data: st.DataObject) -> None:
    """More income in any period never lowers the value."""
    place = data.draw(st.integers(min_value=0, max_value=len(inputs["income"]) - 1))
    more = list(inputs["income"])
    more[place] += data.draw(AMOUNTS)
    assert value("income", inputs | {"income": more}).worth >= value("income", inputs).worth


@given(inputs_of_income(), LIVES)
def test_monotone_in_life(inputs: dict[str, Any], more: Decimal) -> None:
    """A longer life never lowers the value."""
    longer = {"contract": inputs["life_limits"]["contract"] + more}
    assert value("income", inputs | {"life_limits": longer}).worth >= value("income", inputs).worth


@given(inputs_of_income(), st.decimals(min_value=0, max_value=1, places=3))
def test_monotone_in_quality(inputs: dict[str, Any], more: Decimal) -> None:
    """Better quality never lowers the value."""
    better = inputs | {"quality_coefficient": inputs["quality_coefficient"] + more}
    assert value("income", better).worth >= value("income", inputs).worth


@given(inputs_of_income(), RATES)
def test_antitone_in_rate(inputs: dict[str, Any], more: Decimal) -> None:
    """A higher rate never raises the value."""
    dearer = inputs | {"discount_rate": inputs["discount_rate"] + more}
    assert value("income", dearer).worth <= value("income", inputs).worth


@given(inputs_of_income())
def test_mid_year_is_the_end_value_times_the_root(inputs: dict[str, Any]) -> None:
    """`P_mid = P_end · (1+i)^0.5`: squared, to avoid the root in the test."""
    outputs = value("income", inputs).outputs
    end, mid = (Fraction(str(outputs[name])) for name in ("P_end", "P_mid"))
    growth = 1 + Fraction(decimal_from(inputs["discount_rate"], "rate"))
    low, high = max(mid - Fraction(1, 100), Fraction(0)), mid + Fraction(1, 100)
    half = Fraction(1, 200)
    assert low**2 <= (end + half) ** 2 * growth
    assert high**2 >= max(end - half, Fraction(0)) ** 2 * growth


@given(inputs_of_income(), st.integers(min_value=2, max_value=40))
def test_replay_is_equal_to_the_cent(inputs: dict[str, Any], precision: int) -> None:
    """Whatever the decimal context of the caller."""
    stored = value("income", inputs).to_dict()
    with localcontext() as context:
        context.prec = precision
        assert replay(stored).same
