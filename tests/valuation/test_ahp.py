"""Weights from pairwise judgements: the worked cases, their refusals and what always holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation_cases import answered, assert_like, cases
from valuation import ValuationError, value
from valuation.weighting.comparisons import weigh

CONSISTENT = [["1", "2", "4"], ["1/2", "1", "2"], ["1/4", "1/2", "1"]]
CONTRARY = [["1", "9", "1/9"], ["1/9", "1", "9"], ["9", "1/9", "1"]]


@pytest.mark.parametrize("case", cases("ahp"), ids=lambda case: str(case["id"]))
def test_worked_case(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weights, eigenvalue and consistency; printed weights agree with the published ones."""
    answer = answered("ahp", case["inputs"], tmp_path, capsys)
    expected = dict(case["expected"])
    published = expected.pop("published_weights", [])
    assert_like(answer, expected, case["tolerance"]["abs"])
    if published:
        assert_like(answer["weights"], published, 0.001)


def test_priorities_of_the_published_case() -> None:
    """The three candidates come out as published: Tom .358, Dick .493, Harry .149."""
    (leader,) = (case for case in cases("ahp") if case["id"] == "ahp-01")
    candidates = {
        "Experience": [["1", "1/4", "4"], ["4", "1", "9"], ["1/4", "1/9", "1"]],
        "Education": [["1", "3", "1/5"], ["1/3", "1", "1/7"], ["5", "7", "1"]],
        "Charisma": [["1", "5", "9"], ["1/5", "1", "4"], ["1/9", "1/4", "1"]],
        "Age": [["1", "1/3", "5"], ["3", "1", "9"], ["1/5", "1/9", "1"]],
    }
    names = ["Tom", "Dick", "Harry"]
    inputs = leader["inputs"] | {"matrices": candidates, "alternatives": names}
    outputs = value("ahp", inputs).outputs
    priorities = outputs["priorities"]
    assert isinstance(priorities, list)
    assert [float(part) for part in priorities] == pytest.approx([0.358, 0.493, 0.149], abs=0.001)
    without_names = leader["inputs"] | {"alternatives": candidates}
    assert value("ahp", without_names).outputs["priorities"] == priorities


def test_local_priorities_in_numbers() -> None:
    """Given weights and given local priorities are multiplied and added."""
    outputs = value(
        "ahp",
        {"weights": ["0.6", "0.4"], "local_priorities": [["0.5", "0.5"], ["0.25", "0.75"]]},
    ).outputs
    assert outputs["priorities"] == [Decimal("0.4"), Decimal("0.6")]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"matrix": [["1", "2"], ["2", "1"]]}, "not-reciprocal"),
        ({"matrix": [["2"]]}, "not-reciprocal"),
        ({"matrix": [["1", "2"], ["1/2"]]}, "not-square"),
        ({"matrix": []}, "not-square"),
        ({"matrix": [["1", "-2"], ["-1/2", "1"]]}, "not-positive"),
        ({"matrix": [["1", "0"], ["0", "1"]]}, "not-positive"),
        ({"matrix": [["1", "1/0"], ["0", "1"]]}, "not-a-number"),
        ({"matrix": CONSISTENT, "RI": 0}, "random-index-unknown"),
        ({"matrix": [["1"] * 16] * 16}, "random-index-unknown"),
        ({"matrix": [["1"] * 31] * 31}, "too-many-items"),
        ({"matrix": CONSISTENT, "names": ["a", "b"]}, "names-do-not-fit"),
        ({"matrix": CONSISTENT, "names": ["a", "b", "b"]}, "item-twice"),
        ({"weights": ["0.5", "0.4"]}, "weights-sum"),
        ({}, "field-missing"),
    ],
)
def test_refusals(inputs: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("ahp", inputs)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_contrary_judgements_are_warned_of() -> None:
    """They are weighed, but not accepted."""
    result = value("ahp", {"matrix": CONTRARY})
    assert result.outputs["accept"] is False
    assert [warning.code for warning in result.warnings] == ["judgements-inconsistent"]


def test_sixteen_items_with_an_index_of_their_own() -> None:
    """Saaty's table ends at 15; a given RI goes on."""
    assert value("ahp", {"matrix": [["1"] * 16] * 16, "RI": "1.6"}).outputs["CR"] == 0


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_consistent_judgements_give_their_own_weights(importance: list[int]) -> None:
    """A matrix of quotients is consistent, and its weights are the parts of the whole."""
    matrix = [[Fraction(a, b) for b in importance] for a in importance]
    weighed = weigh(matrix)
    assert weighed.ratio == 0
    for weight, part in zip(weighed.weights, importance, strict=True):
        assert float(weight) == pytest.approx(part / sum(importance), abs=1e-18)


@given(st.lists(st.integers(-8, 8), min_size=6, max_size=6))
def test_weights_solve_the_equation(judgements: list[int]) -> None:
    """`A w = lambda_max w`, and the eigenvalue is at least the number of items."""
    matrix = [[Fraction(1)] * 4 for _ in range(4)]
    pairs = [(row, column) for row in range(4) for column in range(row)]
    for (row, column), given_number in zip(pairs, judgements, strict=True):
        grade = Fraction(abs(given_number) + 1)
        matrix[row][column] = grade if given_number >= 0 else 1 / grade
        matrix[column][row] = 1 / matrix[row][column]
    weighed = weigh(matrix)
    weights = [Fraction(weight) for weight in weighed.weights]
    for row_of, weight in zip(matrix, weights, strict=True):
        product = sum(entry * part for entry, part in zip(row_of, weights, strict=True))
        assert float(product) == pytest.approx(float(weighed.lambda_max) * float(weight), rel=1e-12)
    assert weighed.lambda_max >= 4
    assert sum(weights) == pytest.approx(1, abs=1e-18)
