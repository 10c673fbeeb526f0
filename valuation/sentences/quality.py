"""Sentences about quality by GB/T 36344."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "CHECK_IMPOSSIBLE": (
        "The quality check {rule!r} says that {passed} of {total} passed. Give whole numbers "
        "with 0 ≤ passed ≤ total and at least 1 in total."
    ),
    "QUALITY_COLUMN_UNKNOWN": ("The table has no column {column!r}. {advice}"),
    "QUALITY_DIMENSION_UNKNOWN": "The quality dimension {given!r} is not known. {advice}",
    "QUALITY_DIMENSION_UNCHECKED": (
        "The quality dimension {dimension} has a weight but no check. Add a check or give it "
        "the weight 0."
    ),
    "QUALITY_ROW_RAGGED": (
        "Row {row} has {given} cells where the table has {expected} columns. Mend that row."
    ),
    "QUALITY_WEIGHTS_SUM": (
        "The quality weights add up to {given}. Change them so that they add up to 1."
    ),
}

WARNINGS: Final[dict[str, str]] = {}
