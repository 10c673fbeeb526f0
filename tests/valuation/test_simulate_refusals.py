"""What cannot be drawn is refused, with a sentence that says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from valuation import ValuationError, value


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, "field-missing"),
        ({"revenue": [1]}, "field-missing"),
        ({"revenue": 1, "discount_rate": 0}, "field-missing"),
        ({"value_triangular": [3, 2, 4]}, "distribution-impossible"),
        ({"value_triangular": [3, 4]}, "distribution-impossible"),
        ({"value_normal": [3, -4]}, "distribution-impossible"),
        ({"mu": 1, "sigma": 10}, "distribution-impossible"),
        ({"value": {"distribution": "cauchy"}}, "not-one-of"),
        ({"value": 1, "draws": 10}, "draws-out-of-range"),
        ({"value": 1, "draws": 10**8}, "draws-out-of-range"),
        ({"value": 1, "seed": "0.5"}, "not-a-number"),
        ({"value": [1, 2]}, "names-do-not-fit"),
        ({"revenue": [1, 2], "split": [1], "discount_rate": 0}, "names-do-not-fit"),
        ({"revenue": [1], "discount_rate_normal": ["0.1", 1]}, "rate-can-reach-minus-one"),
        ({"revenue": [1], "discount_rate": -1}, "rate-can-reach-minus-one"),
        ({"revenue": 1, "years": 1000, "discount_rate": 0}, "too-many-items"),
        ({"revenue": [1], "split": 1, "assets": [], "discount_rate": 0}, "field-unknown"),
        ({"revenue": [1], "assets": [{"balance": 1}], "discount_rate": 0}, "field-missing"),
        (
            {"revenue": [1], "split": 1, "discount_rate": 0, "correlation": 2},
            "correlation-impossible",
        ),
        (
            {"revenue": [1], "split": 1, "discount_rate": 0, "correlation": 1},
            "not-positive-definite",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue[1]", "luck"], "matrix": [[1, 0], [0, 1]]},
            },
            "field-unknown",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue", "discount_rate"], "matrix": [[1, 0], [0, 1]]},
            },
            "names-do-not-fit",
        ),
        (
            {
                "revenue": [1, 2],
                "discount_rate": 0,
                "correlation": {"names": ["revenue[1]", "revenue[2]"], "matrix": [[1], [0, 1]]},
            },
            "not-square",
        ),
    ],
)
def test_refusals(inputs: dict[str, Any], code: str) -> None:
    """Each says what to do."""
    with pytest.raises(ValuationError) as refused:
        value("simulate", inputs)
    assert refused.value.code == code
