"""The quality of a table, against the worked case and its refusals."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest

from valuation import ValuationError
from valuation.quality import (
    Check,
    QualityScore,
    Table,
    at_least,
    counted,
    distinct,
    filled,
    iso_date,
    not_older_than,
    score,
)

(CASE,) = json.loads(
    (Path(__file__).parent / "vectors" / "quality.json").read_text(encoding="utf-8"),
    parse_float=Decimal,
)["cases"]


def scored_case() -> QualityScore:
    """Score the worked case by the rules that it tells in words."""
    inputs = CASE["inputs"]
    table = Table(inputs["columns"], inputs["rows"])
    as_of = datetime.date.fromisoformat(inputs["as_of"])
    checks = (
        iso_date(table, "date"),
        filled(table),
        at_least(table, "amount", Decimal(0)),
        distinct(table, "id"),
        not_older_than(table, "date", days=365, as_of=as_of),
        counted("accessibility", "reads succeed", passed=199, total=200),
    )
    return score(checks, inputs["weights"])


def test_worked_case() -> None:
    """Scores and total are exactly those of the case."""
    quality = scored_case()
    assert quality.scores == CASE["expected"]["scores"]
    assert quality.total == CASE["expected"]["total"]
    assert quality.total_100 == CASE["expected"]["total_100"]


def test_failing_rows_are_named_by_number() -> None:
    """The officer is told which rows to mend."""
    failing = {check.dimension: check.failing_rows for check in scored_case().checks}
    assert failing == {
        "normality": (4,),
        "completeness": (3, 7),
        "accuracy": (5, 6),
        "consistency": (6,),
        "timeliness": (4, 7),
        "accessibility": (),
    }


def test_refusals() -> None:
    """Impossible counts, unknown names and weights that do not add up are refused."""
    full = Check("accuracy", "all right", 3, 3)
    for code, make in (
        ("check-impossible", lambda: Check("accuracy", "nothing", 0, 0)),
        ("check-impossible", lambda: Check("accuracy", "too many", 4, 3)),
        ("quality-dimension-unknown", lambda: Check("acuracy", "typo", 1, 1)),
        ("quality-column-unknown", lambda: iso_date(Table(["date"], []), "dat")),
        ("quality-row-ragged", lambda: Table(["a", "b"], [["only one"]])),
        ("quality-weights-sum", lambda: score([full], {"accuracy": "0.9"})),
        ("field-unknown", lambda: score([full], {"beauty": 1})),
        ("negative-value", lambda: score([full], {"accuracy": 2, "timeliness": -1})),
        (
            "quality-dimension-unchecked",
            lambda: score([full], {"accuracy": "0.5", "timeliness": "0.5"}),
        ),
    ):
        with pytest.raises(ValuationError) as raised:
            make()
        assert raised.value.code == code


def test_checks_of_one_dimension_are_pooled() -> None:
    """Two rules of one dimension count as one of all their cells."""
    checks = [Check("accuracy", "first", 1, 3), Check("accuracy", "second", 1, 1)]
    assert score(checks, {"accuracy": 1}).total == Decimal("0.5")
