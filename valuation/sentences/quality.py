"""Sentences about quality by GB/T 36344."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "check-impossible": (
        "The quality check {rule!r} says that {passed} of {total} passed. Give whole numbers "
        "with 0 ≤ passed ≤ total and at least 1 in total."
    ),
    "quality-column-unknown": ("The table has no column {column!r}. {advice}"),
    "quality-dimension-unknown": "The quality dimension {given!r} is not known. {advice}",
    "quality-dimension-unchecked": (
        "The quality dimension {dimension} has a weight but no check. Add a check or give it "
        "the weight 0."
    ),
    "quality-row-ragged": (
        "Row {row} has {given} cells where the table has {expected} columns. Mend that row."
    ),
    "quality-weights-sum": (
        "The quality weights add up to {given}. Change them so that they add up to 1."
    ),
}

WARNINGS: Final[dict[str, str]] = {}
