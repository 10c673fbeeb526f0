"""The method `quality`: rules in words and as data, weights given or judged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.given.valuation_cases import answered, assert_like, cases
from valuation import ValuationError, replay, value

(CASE,) = cases("quality")
AS_DATA = {
    "normality": {"column": "date", "date": True},
    "completeness": {"filled": True},
    "accuracy": [{"column": "amount", "at_least": 0}],
    "consistency": {"column": "id", "distinct": True},
    "timeliness": {"column": "date", "within_days": 365},
    "accessibility": {"passed": 199, "total": 200},
}


@pytest.mark.parametrize("method", ["quality", "quality_gbt36344"])
def test_worked_case(method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scores, total and the rows that fail, from rules in words."""
    answer = answered(method, CASE["inputs"], tmp_path, capsys)
    assert_like(answer, CASE["expected"], CASE["tolerance"]["abs"])
    assert answer["failing_rows"] == {
        "normality": [4],
        "completeness": [3, 7],
        "accuracy": [5, 6],
        "consistency": [6],
        "timeliness": [4, 7],
    }
    assert (
        "Rows that fail the rules on accuracy: 2; the first are 5, 6."
        in answer["warnings"][2]["sentence"]
    )


def test_rules_as_data_give_the_same() -> None:
    """What can be said in words can be said in fields."""
    outputs = value("quality", CASE["inputs"] | {"rules": AS_DATA}).outputs
    assert outputs["total"] == value("quality", CASE["inputs"]).outputs["total"]


def test_a_stored_score_is_replayed() -> None:
    """Cells are read as they are stored."""
    stored = value("quality", CASE["inputs"]).to_dict()
    assert replay(stored).same


@pytest.mark.parametrize(
    ("rule", "passed"),
    [
        ("a>=2", 2),
        ("a > 2", 1),
        ("a<=2", 2),
        ("a < 2", 1),
        ("a = 2", 1),
        ("a != 2", 2),
        ("1<=a<3", 2),
        ("b in {x, y}", 3),
        ("b non-null", 3),
        ("filled b/rows", 3),
        ("b is distinct", 2),
        ("a is a number", 3),
        ("b has 1 characters", 3),
        ("a>=a", 3),
        ("a=2*a", 0),
        ("a + 1 > 2*a - 1", 1),
        ("b matches ^[a-x]$", 2),
        ("b matches [xy]{1}", 3),
        ({"column": "a", "above": 1, "below": 3}, 1),
        ({"column": "a", "equals": 2}, 1),
        ({"column": "a", "at_most": 2}, 2),
        ({"column": "b", "one_of": ["x"]}, 2),
        ({"column": "b", "filled": True}, 3),
        ({"column": "b", "length": 1}, 3),
        ({"column": "a", "number": True}, 3),
    ],
)
def test_each_kind_of_rule(rule: object, passed: int) -> None:
    """Rows that cannot be read by the rule fail it."""
    table = {"columns": ["a", "b"], "rows": [[1, "x"], [2, "x"], [3, "y"], ["much", None]]}
    outputs = value(
        "quality", table | {"rules": {"accuracy": rule}, "weights": {"accuracy": 1}}
    ).outputs
    assert outputs["total"] == Decimal(passed) / 4


def test_dates_of_a_row_are_compared() -> None:
    """Unparsable dates fail, and an age without a lower bound lets the future pass."""
    table = {
        "columns": ["start", "end"],
        "rows": [["2025-01-01", "2025-01-02"], ["2025-01-02", "2025-01-01"], ["soon", "later"]],
        "weights": {"consistency": "0.5", "timeliness": "0.5"},
        "as_of": "2025-01-01",
    }
    rules = {"consistency": "end>=start", "timeliness": "as_of-end<=30 days"}
    result = value("quality", table | {"rules": rules})
    assert result.outputs["failing_rows"] == {"consistency": [2, 3], "timeliness": [3]}


def test_weights_from_judgements() -> None:
    """A consistent matrix over the two characteristics that are named."""
    outputs = value(
        "quality",
        {
            "rules": {"accuracy": "2 of 4", "accessibility": "4 of 4"},
            "matrix": [["1", "3"], ["1/3", "1"]],
            "names": ["accuracy", "accessibility"],
        },
    ).outputs
    assert str(outputs["total"]) == "0.625"
    assert outputs["CR"] == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rules": {"accuracy": "it is fine"}}, "quality-rule-unclear"),
        ({"rules": {"accuracy": {"column": "amount"}}}, "quality-rule-unclear"),
        ({"rules": {"accuracy": 7}}, "not-text"),
        ({"rules": {"accuracy": "city matches (a+)+"}}, "quality-rule-unclear"),
        ({"rules": {"accuracy": "city matches a*b*c*"}}, "quality-rule-unclear"),
        ({"rules": {"accuracy": "price>=0"}}, "quality-column-unknown"),
        ({"rules": {"accuracy": "5/4"}}, "check-impossible"),
        ({"rules": {"accuracy": {"passed": "0.5", "total": 1}}}, "check-impossible"),
        ({"rules": {"beauty": "1/1"}}, "field-unknown"),
        ({"as_of": "2025-13-01"}, "quality-date-missing"),
        ({"rows": [[1, 2]]}, "quality-row-ragged"),
        ({"rows": [[[], 1, 2, 3, 4]]}, "not-text"),
        ({"weights": {"accuracy": "0.5"}}, "quality-weights-sum"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("quality", CASE["inputs"] | changes)
    assert refused.value.code == code


def test_refusals_of_weights_and_dates() -> None:
    """Neither contrary judgements nor missing ones, and no age without a day."""
    without = {name: part for name, part in CASE["inputs"].items() if name != "weights"}
    contrary = [["1", "9", "1/9"], ["1/9", "1", "9"], ["9", "1/9", "1"]]
    three = {"names": ["accuracy", "normality", "timeliness"]}
    for inputs, code in (
        (without, "quality-weights-missing"),
        (without | {"matrix": contrary}, "names-do-not-fit"),
        (without | three | {"matrix": contrary}, "inconsistent-judgements"),
        ({k: v for k, v in CASE["inputs"].items() if k != "as_of"}, "quality-date-missing"),
    ):
        with pytest.raises(ValuationError) as refused:
            value("quality", inputs)
        assert refused.value.code == code
