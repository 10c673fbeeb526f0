"""Sentences about the market approach."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "comparables-missing": (
        "No comparable is given. Give comparables with their prices, or Q with coefficients."
    ),
    "currencies-mixed": (
        "The field {field} is {given} where the rest is in {expected}. Currencies are never mixed: "
        "convert it at the rate of its day, and say so in its source."
    ),
    "date-index-inverted": (
        "The date coefficient {field} is {given}, which is the index upside down. It is index at "
        "valuation / index at transaction, {expected}: give that, or leave it to the index."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "comparables-unweighted": (
        "No weights are given, so each comparable counts the same. Give weights that add up to 1, "
        "with more for what resembles the data more."
    ),
    "date-index-falls": (
        "The date coefficient of comparable {place} is {factor}, below 1: prices would have fallen "
        "since. Check that it is not inverted: it is index at valuation / index at transaction."
    ),
    "few-comparables": (
        "The value rests on {given} comparables, where the market approach asks for three at "
        "least. Look for others, or do not value by this approach alone."
    ),
    "single-comparable": (
        "The value rests on one single comparable. Look for others, or do not value by this "
        "approach alone."
    ),
}
