"""What holds for every cost valuation, whatever the figures."""

from __future__ import annotations

import json
from decimal import Decimal, localcontext
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from valuation import replay, value

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
RATIOS = st.decimals(min_value=0, max_value=3, places=4)
YEARS = st.decimals(min_value=Decimal("0.25"), max_value=50, places=2)
NAMES = ("preliminary", "direct", "indirect", "opportunity", "tax")


@st.composite
def inputs_of_cost(draw: st.DrawFn) -> dict[str, Any]:
    """Draw valid inputs with components, quality and life."""
    total = draw(YEARS)
    return {
        "currency": "CNY",
        "components": {name: draw(AMOUNTS) for name in NAMES},
        "cost_basis": "replacement",
        "quality_coefficient": draw(RATIOS),
        "remaining_life_years": draw(st.decimals(min_value=0, max_value=total, places=2)),
        "total_life_years": total,
    }


@given(inputs_of_cost())
def test_never_negative_and_two_places(inputs: dict[str, Any]) -> None:
    """A value is at least 0 and has exactly two places."""
    amount = value("cost", inputs).worth
    assert amount >= 0
    assert amount.as_tuple().exponent == -2


@given(inputs_of_cost(), st.sampled_from(NAMES), AMOUNTS)
def test_monotone_in_each_cost(inputs: dict[str, Any], name: str, more: Decimal) -> None:
    """A higher cost never lowers the value."""
    higher = inputs["components"] | {name: inputs["components"][name] + more}
    assert value("cost", inputs | {"components": higher}).worth >= value("cost", inputs).worth


@given(inputs_of_cost(), RATIOS)
def test_monotone_in_quality(inputs: dict[str, Any], more: Decimal) -> None:
    """A higher quality never lowers the value."""
    higher = inputs | {"quality_coefficient": inputs["quality_coefficient"] + more}
    assert value("cost", higher).worth >= value("cost", inputs).worth


@given(inputs_of_cost(), st.data())
def test_monotone_in_remaining_life(inputs: dict[str, Any], data: st.DataObject) -> None:
    """A longer remaining life never lowers the value."""
    longer = data.draw(
        st.decimals(
            min_value=inputs["remaining_life_years"], max_value=inputs["total_life_years"], places=2
        )
    )
    higher = inputs | {"remaining_life_years": longer}
    assert value("cost", higher).worth >= value("cost", inputs).worth


@given(inputs_of_cost(), st.integers(min_value=2, max_value=40))
def test_replay_is_equal_to_the_cent(inputs: dict[str, Any], precision: int) -> None:
    """A stored result comes out the same, through JSON and under any decimal context."""
    stored = json.loads(json.dumps(value("cost", inputs).to_dict()))
    with localcontext() as context:
        context.prec = precision
        outcome = replay(stored)
    assert outcome.same
    assert outcome.amount_now == stored["amount"]
