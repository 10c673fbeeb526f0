"""What cannot be drawn is refused, with a sentence that says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from valuation import ValuationError, value


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, "FIELD_MISSING"),
        ({"revenue": [1]}, "FIELD_MISSING"),
        ({"revenue": 1, "discount_rate": 0}, "FIELD_MISSING"),
        ({"value_triangular": [3, 2, 4]}, "DISTRIBUTION_IMPOSSIBLE"),
        ({"value_triangular": [3, 4]}, "DISTRIBUTION_IMPOSSIBLE"),
        ({"value_normal": [3, -4]}, "DISTRIBUTION_IMPOSSIBLE"),
        ({"mu": 1, "sigma": 10}, "DISTRIBUTION_IMPOSSIBLE"),
        ({"value": {"distribution": "cauchy"}}, "NOT_ONE_OF"),
        ({"value": 1, "draws": 10}, "DRAWS_OUT_OF_RANGE"),
        ({"value": 1, "draws": 10**8}, "DRAWS_OUT_OF_RANGE"),
        ({"value": 1, "seed": "0.5"}, "NOT_A_NUMBER"),
        ({"value": [1, 2]}, "NAMES_DO_NOT_FIT"),
        ({"revenue": [1, 2], "split": [1], "discount_rate": 0}, "NAMES_DO_NOT_FIT"),
        ({"revenue": [1], "discount_rate_normal": ["0.1", 1]}, "RATE_CAN_REACH_MINUS_ONE"),
        ({"revenue": [1], "discount_rate": -1}, "RATE_CAN_REACH_MINUS_ONE"),
        ({"revenue": 1, "years": 1000, "discount_rate": 0}, "TOO_MANY_ITEMS"),
        ({"revenue": [1], "split": 1, "assets": [], "discount_rate": 0}, "FIELD_UNKNOWN"),
        ({"revenue": [1], "assets": [{"balance": 1}], "discount_rate": 0}, "FIELD_MISSING"),
        (
            {"revenue": [1], "split": 1, "discount_rate": 0, "correlation": 2},
            "CORRELATION_IMPOSSIBLE",
        ),
        (
            {"revenue": [1], "split": 1, "discount_rate": 0, "correlation": 1},
            "NOT_POSITIVE_DEFINITE",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue[1]", "luck"], "matrix": [[1, 0], [0, 1]]},
            },
            "FIELD_UNKNOWN",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue", "discount_rate"], "matrix": [[1, 0], [0, 1]]},
            },
            "NAMES_DO_NOT_FIT",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue[1]", "revenue[2]"], "matrix": [[1], [0, 1]]},
            },
            "NOT_SQUARE",
        ),
    ],
)
def test_refusals(inputs: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("simulate", inputs)
    assert refused.value.code == code
