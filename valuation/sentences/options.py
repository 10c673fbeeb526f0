"""Sentences about real options."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "ABOVE_SENSE": "The field {field} is {given}. Give at most {most}: rates are ratios a year.",
    "OPTION_NEVER_ADDED": (
        "An option value is never added to the static net present value, which it holds already. "
        "Leave out add and read both beside each other."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "OPTION_BESIDE_STATIC": (
        "The option value stands beside the static net present value: never quote it alone and "
        "never add the two."
    ),
    "SIGMA_WITHOUT_EVIDENCE": (
        "Nothing says where the volatility comes from, and the value follows from it. Write the "
        "evidence (comparables, a simulation) into sigma_evidence."
    ),
}
