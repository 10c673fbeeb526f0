"""The cost approach against worked cases, its refusals and its warnings."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from valuation import Result, ValuationError, value

CASES = json.loads(
    (Path(__file__).parent / "vectors" / "cost_approach.json").read_text(encoding="utf-8"),
    parse_float=Decimal,
)["cases"]
COMPONENTS = {"preliminary": 10, "direct": 100, "indirect": 20, "opportunity": 5, "tax": 3}
GIVEN: dict[str, Any] = {
    "currency": "CNY",
    "components": COMPONENTS,
    "cost_basis": "replacement",
    "quality_coefficient": "0.9",
    "remaining_life_years": 3,
    "total_life_years": 4,
}
LINES: dict[str, Any] = {
    "currency": "CNY",
    "cost_lines": [
        {"kind": "direct", "period": 2023, "amount": "1000.00", "voucher": "JV-2023-17"},
        {"kind": "indirect", "period": "2024", "amount": "500", "allocation": "0.4"},
    ],
    "price_index": {"2023": 100, "2024": "105", "2025": "110.25"},
    "valuation_period": "2025",
    "delta": 1,
}


def without(given: dict[str, Any], *names: str, **changes: Any) -> dict[str, Any]:
    """Give a copy without some fields and with others changed."""
    return {name: part for name, part in given.items() if name not in names} | changes


def refusal_of(inputs: dict[str, Any]) -> ValuationError:
    """Give the refusal that valuing these inputs ends in."""
    with pytest.raises(ValuationError) as raised:
        value("cost", inputs)
    return raised.value


def codes_of(result: Result) -> list[str]:
    """Give the codes of a result's warnings."""
    return [warning.code for warning in result.warnings]


def assert_close(found: Any, expected: Any, tolerance: Decimal) -> None:
    """Compare figures, or mappings of them, within a tolerance."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for name, part in expected.items():
            assert_close(found[name], part, tolerance)
    else:
        assert abs(found - Decimal(expected)) <= tolerance


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_worked_case(case: dict[str, Any]) -> None:
    """Each worked case comes out within its tolerance, or is refused with its code."""
    if "error" in case["expected"]:
        assert refusal_of(case["inputs"]).code == case["expected"]["error"]
        return
    result = value("cost", case["inputs"])
    for name, expected in case["expected"].items():
        assert_close(result.outputs[name], expected, case["tolerance"]["abs"])
    assert result.amount == result.outputs["P"]


def test_amount_is_rounded_once_and_half_up() -> None:
    """A third of a cent's components does not get lost on the way to a tie."""
    tie = without(
        GIVEN,
        "components",
        components={"direct": "0.03"},
        quality_coefficient=1,
        remaining_life_years=1,
        total_life_years=6,
    )
    assert value("cost", tie).amount == Decimal("0.01")


def test_float_input_is_taken_as_it_is_written() -> None:
    """0.1 as a float means one tenth, not its binary neighbour."""
    assert value("cost", without(GIVEN, quality_coefficient=0.1)) == value(
        "cost", without(GIVEN, quality_coefficient="0.1")
    )


def test_cost_lines_are_restated_by_the_index() -> None:
    """`cost_t · I_val / I_t`: 1000 · 110.25/100 + 500 · 0.4 · 110.25/105."""
    result = value("cost", LINES)
    assert result.outputs["C"] == Decimal("1312.50")
    assert codes_of(result) == []
    sources = {node.name: node.source for _, node in result.explanation.walk()}
    assert sources["cost_lines[1].amount"] == "JV-2023-17"


def test_index_may_stand_in_each_line() -> None:
    """With that of the valuation date beside them, under the names of the formula."""
    lines = [{"year": 2023, "amount": 1000, "I_t": 100}, {"year": 2024, "amount": 200, "I_t": 105}]
    given = {"currency": "CNY", "historic_costs": lines, "I_val": "110.25", "delta": 1}
    result = value("cost", given)
    assert result.outputs["restated"] == [Decimal("1102.50"), Decimal("210.00")]
    assert result.amount == Decimal("1312.50")
    assert codes_of(result) == []


def test_replacement_cost_alone_is_no_value() -> None:
    """Without anything of the adjustment there is a cost and a warning, and no amount."""
    result = value("cost", without(LINES, "delta"))
    assert (result.amount, result.outputs["C"]) == (None, Decimal("1312.50"))
    assert codes_of(result) == ["delta-unstated"]


def test_every_figure_of_the_explanation_follows_from_its_children() -> None:
    """The tree's top is the amount, and sources stand at the inputs that they are given for."""
    result = value("cost", without(GIVEN, sources={"components.direct": "cost ledger 2024"}))
    top = result.explanation
    assert (top.name, top.value, top.formula) == ("P", result.amount, "C · delta")
    costs, delta = top.children
    assert costs.value == sum(child.value for child in costs.children)
    assert delta.value == Decimal("0.675")
    leaves = [node for _, node in top.walk() if not node.formula]
    assert all(not node.children for node in leaves)
    assert [node.name for node in leaves if node.source] == ["components.direct"]


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("amount-missing", without(GIVEN, "components")),
        ("amount-missing", without(GIVEN, components={})),
        ("amount-missing", without(GIVEN, "components", groups={})),
        ("amount-missing", without(LINES, cost_lines=[])),
        ("costs-twice", without(GIVEN, groups={"construction": {"planning": 1}})),
        ("currency-unknown", without(GIVEN, currency="yuan")),
        ("delta-twice", without(GIVEN, delta=1)),
        ("field-missing", without(GIVEN, "currency")),
        ("field-missing", without(GIVEN, "quality_coefficient")),
        ("field-missing", without(LINES, "valuation_period")),
        ("field-twice", without(LINES, valuation_index=110)),
        ("field-unknown", without(GIVEN, qualty_coefficient=1)),
        ("field-unknown", without(GIVEN, components={"direkt": 1})),
        ("field-unknown", without(GIVEN, price_index={"2025": 1})),
        ("field-unknown", without(GIVEN, sources={"components.nothing": "ledger"})),
        ("finite-life-required", without(GIVEN, perpetual=True)),
        ("finite-life-required", without(GIVEN, total_life_years=None)),
        ("index-missing", without(LINES, price_index={"2023": 1, "2025": 1})),
        ("life-not-positive", without(GIVEN, total_life_years=0)),
        ("negative-component", without(GIVEN, components={"tax": "-0.01"})),
        (
            "negative-component",
            without(GIVEN, "components", groups={"operation": {"storage": -1}}),
        ),
        (
            "negative-component",
            without(LINES, cost_lines=[{"kind": "tax", "period": "2023", "amount": -1}]),
        ),
        ("negative-delta", without(LINES, delta="-0.1")),
        ("negative-value", without(GIVEN, quality_coefficient=-1)),
        ("negative-value", without(GIVEN, remaining_life_years=-1)),
        ("not-a-list", without(LINES, cost_lines={"kind": "tax"})),
        ("not-a-number", without(GIVEN, quality_coefficient="good")),
        ("not-a-number", without(GIVEN, quality_coefficient=True)),
        ("not-a-number", without(GIVEN, quality_coefficient=float("nan"))),
        ("not-a-number", without(GIVEN, quality_coefficient="1_000")),
        ("not-an-object", without(GIVEN, components=[1, 2])),
        ("not-an-object", without(LINES, cost_lines=[7])),
        ("not-one-of", without(GIVEN, cost_basis="book")),
        (
            "not-one-of",
            without(LINES, cost_lines=[{"kind": "rent", "period": "2023", "amount": 1}]),
        ),
        ("not-positive", without(LINES, price_index={"2023": 0, "2024": 1, "2025": 1})),
        ("not-text", without(GIVEN, delta_justification=" ")),
        ("number-out-of-range", without(GIVEN, quality_coefficient="1e999")),
        ("number-out-of-range", without(GIVEN, quality_coefficient=10**5000)),
        ("remaining-life-too-long", without(GIVEN, remaining_life_years=5)),
        (
            "share-out-of-range",
            without(
                LINES,
                cost_lines=[{"kind": "tax", "period": "2023", "amount": 1, "allocation": 2}],
            ),
        ),
    ],
)
def test_refusal(code: str, inputs: dict[str, Any]) -> None:
    """What breaks a rule is refused with the code of that rule and a sentence that is filled."""
    refusal = refusal_of(inputs)
    assert refusal.code == code
    assert "{" not in str(refusal)
    assert str(refusal).endswith((".", "?"))


def test_unknown_method_suggests_the_right_one() -> None:
    """A mistyped method is answered with the one that was meant."""
    with pytest.raises(ValuationError, match="Did you mean cost") as raised:
        value("cots", GIVEN)
    assert raised.value.code == "unknown-method"


@pytest.mark.parametrize(
    ("codes", "inputs"),
    [
        ([], GIVEN),
        (["cost-basis-unstated"], without(GIVEN, "cost_basis")),
        (["historic-cost"], without(GIVEN, cost_basis="historic")),
        (["historic-cost"], without(LINES, "price_index", "valuation_period")),
        ([], without(LINES, "price_index", "valuation_period", cost_basis="replacement")),
        (["delta-without-justification"], without(LINES, delta="1.08")),
        ([], without(LINES, delta="1.08", delta_justification="The only survey of its kind.")),
        (
            ["price-index-falls", "price-index-falls"],
            without(LINES, price_index={"2023": "110.25", "2024": 105, "2025": 100}),
        ),
    ],
)
def test_warnings(codes: list[str], inputs: dict[str, Any]) -> None:
    """Figures that need a second look carry the warning that says which look."""
    result = value("cost", inputs)
    assert codes_of(result) == codes
    assert all("{" not in warning.sentence for warning in result.warnings)
