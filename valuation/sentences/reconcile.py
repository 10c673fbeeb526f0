"""Sentences about the reconciliation of several approaches."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "NO_APPROACH": (
        "The field {field} is {method}, which is no approach to a value: it stands beside one and "
        "is never weighed with it. Leave it out."
    ),
    "REASON_MISSING": (
        "The result of {method} has a weight without a reason. Write into {field} why it counts "
        "for so much: an average without reasons is no conclusion."
    ),
    "RESULTS_TOO_FEW": (
        "There are {given} results to reconcile. Give two or more; one alone needs no weights."
    ),
    "RESULTS_UNLIKE": (
        "The results differ in {field}: {first_given} and {other_given}. Only values of the same "
        "right, for the same purpose, on the same date can be weighed against each other."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "RANGE_WIDE": (
        "The approaches lie far apart, from {low} to {high}. Look for the reason before weighing "
        "them."
    ),
    "RESULTS_CONTEXT_UNSTATED": (
        "It is not stated of all results: {names}. State it, so that a reader sees that they value "
        "the same thing."
    ),
}
