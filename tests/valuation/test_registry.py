"""Methods without an amount, and methods of several names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from valuation import ValuationError, replay, value
from valuation.registry import METHODS, Method, find_method
from valuation.result import Figures, Node, Result, plain_outputs


def result_without_money(outputs: dict[str, object]) -> Result:
    """A result as a method of weights or indices gives it."""
    return Result(
        method="weights",
        version="1",
        amount=None,
        currency="",
        explanation=Node("CR", Decimal("0.1"), "ratio"),
        warnings=(),
        inputs={},
        outputs=outputs,
    )


def test_other_names_lead_to_the_same_method() -> None:
    """Files may call a method by the names of their field."""
    for method in METHODS.values():
        for name in (method.name, *method.also):
            assert find_method(name) is method
    assert value("cost_approach", COST).method == "cost"


COST: dict[str, Any] = {"currency": "CNY", "delta": 1, "components": {"direct": 5}}


def test_outputs_of_every_shape_are_stored_exactly_and_plainly() -> None:
    """Lists and mappings keep their order; a number is text when stored and a number otherwise."""
    outputs = {"weights": [Decimal("0.1"), Decimal(2)], "of": {"a": (Decimal("1.50"),)}, "ok": True}
    stored = result_without_money(outputs).to_dict()
    assert stored["amount"] is None
    assert stored["outputs"] == {"weights": ["0.1", "2"], "of": {"a": ["1.50"]}, "ok": True}
    assert plain_outputs(outputs) == {"weights": [0.1, 2.0], "of": {"a": [1.5]}, "ok": True}


def test_no_money_is_refused_where_money_is_needed() -> None:
    """An index is no value in a currency."""
    with pytest.raises(ValuationError) as refusal:
        _ = result_without_money({}).worth
    assert refusal.value.code == "no-amount"


def test_a_result_without_money_is_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its other figures are compared all the same."""

    def calculate(fields: object) -> Figures:
        node = Node("CR", Decimal("0.1"), "ratio")
        return Figures(None, "", node, (), {"CR": Decimal("0.1")})

    method = Method("weights", "Weights", "w", calculate)
    monkeypatch.setattr("valuation.registry.METHODS", {"weights": method})
    stored = value("weights", {}).to_dict()
    assert replay(stored).same
    assert "every figure" in replay(stored).sentence
    changed = replay(stored | {"outputs": {"CR": "0.2"}})
    assert (changed.same, changed.differences) == (False, ("CR",))
    with_amount = replay(stored | {"amount": "1.00"})
    assert (with_amount.same, with_amount.differences) == (False, ("amount",))


def test_money_is_rounded_once() -> None:
    """The amount of a result is the exact one to the cent."""
    assert value("cost", COST | {"delta": "0.3333"}).amount == Decimal("1.67")
    assert Fraction(5) * Fraction("0.3333") == Fraction("1.6665")
