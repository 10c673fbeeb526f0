"""Sentences about the cost approach."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "amount-missing": (
        "No cost is given. Give one of: components, groups, cost_lines, with an amount in it."
    ),
    "costs-twice": (
        "The costs are given as {given}. Give one of components, groups, cost_lines only, or "
        "the same money counts twice."
    ),
    "delta-twice": (
        "Both delta and {given} are given. Give delta alone, or quality_coefficient with "
        "remaining_life_years and total_life_years."
    ),
    "index-missing": (
        "The price index has no value for the period {period}. Add it to price_index."
    ),
    "negative-component": (
        "The cost {field} is {given}. A cost is 0 or more: give the amount without the sign, "
        "or leave it out."
    ),
    "negative-delta": (
        "The value adjustment delta is {given}. Give 0 or more: 1 leaves the cost as it is."
    ),
    "remaining-life-too-long": (
        "The remaining life of {remaining} years is longer than the total life of {total} "
        "years. Give a remaining life that is at most the total life."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "cost-basis-unstated": (
        "It is not stated at which prices the costs are. Set cost_basis to replacement when "
        "they are at prices of the valuation date, or restate them by a price index."
    ),
    "delta-unstated": (
        "Only the replacement cost is answered. It is no value before it is adjusted: give "
        "quality_coefficient, remaining_life_years and total_life_years."
    ),
    "delta-without-justification": (
        "The value adjustment {delta} is above 1 and nothing says why. Write the reason "
        "(scarcity, quality) into delta_justification."
    ),
    "historic-cost": (
        "The costs are historic. A cost approach asks what the data would cost to replace at "
        "the valuation date: restate them by a price index."
    ),
    "price-index-falls": (
        "The price index falls from {then} in {period} to {now} in {valuation_period}. Check "
        "that it is not inverted: the factor is index at valuation / index at the cost's "
        "period."
    ),
}
