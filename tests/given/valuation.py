"""Valuations in tests: the worked cases, changed inputs, and what refuses or warns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from valuation import Result, ValuationError, value

VECTORS = Path(__file__).resolve().parents[1] / "valuation" / "vectors"


def cases_of(kind: str) -> list[dict[str, Any]]:
    """Give the worked cases of a method, numbers as they are written."""
    text = (VECTORS / f"{kind}.json").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = json.loads(text, parse_float=Decimal)["cases"]
    return cases


def without(given: dict[str, Any], *names: str, **changes: Any) -> dict[str, Any]:
    """Give a copy without some fields and with others changed."""
    return {name: part for name, part in given.items() if name not in names} | changes


def refusal_of(method: str, inputs: dict[str, Any]) -> ValuationError:
    """Give the refusal that valuing these inputs ends in, with a sentence that is filled."""
    with pytest.raises(ValuationError) as raised:
        value(method, inputs)
    assert "{" not in str(raised.value)
    assert str(raised.value).endswith((".", "?"))
    return raised.value


def codes_of(result: Result) -> list[str]:
    """Give the codes of a result's warnings, whose sentences are filled."""
    assert all("{" not in warning.sentence for warning in result.warnings)
    return [warning.code for warning in result.warnings]


def assert_close(found: Any, expected: Any, tolerance: Decimal) -> None:
    """Compare figures, or lists and mappings of them, within a tolerance."""
    if isinstance(expected, dict):
        assert found.keys() >= expected.keys()
        for name, part in expected.items():
            assert_close(found[name], part, tolerance)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_close(one, other, tolerance)
    elif isinstance(expected, str | bool):
        assert found == expected
    else:
        assert abs(Decimal(str(found)) - Decimal(str(expected))) <= tolerance
