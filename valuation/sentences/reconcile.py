"""Sentences about the reconciliation of several approaches."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "no-approach": (
        "The field {field} is {method}, which is no approach to a value: it stands beside one and "
        "is never weighed with it. Leave it out."
    ),
    "reason-missing": (
        "The result of {method} has a weight without a reason. Write into {field} why it counts "
        "for so much: an average without reasons is no conclusion."
    ),
    "results-too-few": (
        "There are {given} results to reconcile. Give two or more; one alone needs no weights."
    ),
    "results-unlike": (
        "The results differ in {field}: {first_given} and {other_given}. Only values of the same "
        "right, for the same purpose, on the same date can be weighed against each other."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "range-wide": (
        "The approaches lie far apart, from {low} to {high}. Look for the reason before weighing "
        "them."
    ),
    "results-context-unstated": (
        "It is not stated of all results: {names}. State it, so that a reader sees that they value "
        "the same thing."
    ),
}
