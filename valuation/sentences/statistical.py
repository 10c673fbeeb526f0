"""Sentences about the sum of costs, perpetual inventory and growth."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "shares-reversed": ("In {field}, share_high is below share_low. Exchange them."),
    "statistics-missing": (
        "Nothing to compute is given. Give one of: occupations, investment, V0 with VT and T."
    ),
    "years-out-of-range": (
        "The field {field} is {given} years. Give the years between, from 0.01 to {most}."
    ),
}

WARNINGS: Final[dict[str, str]] = {}
