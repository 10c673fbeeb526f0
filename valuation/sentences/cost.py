"""Sentences about the cost approach."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "AMOUNT_MISSING": (
        "No cost is given. Give one of: components, groups, cost_lines, with an amount in it."
    ),
    "COSTS_TWICE": (
        "The costs are given as {given}. Give one of components, groups, cost_lines only, or "
        "the same money counts twice."
    ),
    "DELTA_TWICE": (
        "Both delta and {given} are given. Give delta alone, or quality_coefficient with "
        "remaining_life_years and total_life_years."
    ),
    "INDEX_MISSING": (
        "The price index has no value for the period {period}. Add it to price_index."
    ),
    "NEGATIVE_COMPONENT": (
        "The cost {field} is {given}. A cost is 0 or more: give the amount without the sign, "
        "or leave it out."
    ),
    "NEGATIVE_DELTA": (
        "The value adjustment delta is {given}. Give 0 or more: 1 leaves the cost as it is."
    ),
    "REMAINING_LIFE_TOO_LONG": (
        "The remaining life of {remaining} years is longer than the total life of {total} "
        "years. Give a remaining life that is at most the total life."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "COST_BASIS_UNSTATED": (
        "It is not stated at which prices the costs are. Set cost_basis to replacement when "
        "they are at prices of the valuation date, or restate them by a price index."
    ),
    "DELTA_UNSTATED": (
        "Only the replacement cost is answered. It is no value before it is adjusted: give "
        "quality_coefficient, remaining_life_years and total_life_years."
    ),
    "DELTA_WITHOUT_JUSTIFICATION": (
        "The value adjustment {delta} is above 1 and nothing says why. Write the reason "
        "(scarcity, quality) into delta_justification."
    ),
    "HISTORIC_COST": (
        "The costs are historic. A cost approach asks what the data would cost to replace at "
        "the valuation date: restate them by a price index."
    ),
    "PRICE_INDEX_FALLS": (
        "The price index falls from {then} in {period} to {now} in {valuation_period}. Check "
        "that it is not inverted: the factor is index at valuation / index at the cost's "
        "period."
    ),
}
