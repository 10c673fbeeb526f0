"""Sentences about real options."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "above-sense": "The field {field} is {given}. Give at most {most}: rates are ratios a year.",
    "option-never-added": (
        "An option value is never added to the static net present value, which it holds already. "
        "Leave out add and read both beside each other."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "option-beside-static": (
        "The option value stands beside the static net present value: never quote it alone and "
        "never add the two."
    ),
    "sigma-without-evidence": (
        "Nothing says where the volatility comes from, and the value follows from it. Write the "
        "evidence (comparables, a simulation) into sigma_evidence."
    ),
}
