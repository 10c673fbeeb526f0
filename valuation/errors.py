"""Refusals and warnings: a stable code with parameters, and an English sentence for people."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SENTENCES: Final = MappingProxyType(
    {
        "AMOUNT_MISSING": (
            "No cost is given. Give one of: components, groups, cost_lines, with an amount in it."
        ),
        "CHECK_IMPOSSIBLE": (
            "The quality check {rule!r} says that {passed} of {total} passed. Give whole numbers "
            "with 0 ≤ passed ≤ total and at least 1 in total."
        ),
        "COSTS_TWICE": (
            "The costs are given as {given}. Give one of components, groups, cost_lines only, or "
            "the same money counts twice."
        ),
        "CURRENCY_UNKNOWN": (
            "The currency {given!r} is not understood. Give three capital letters, such as CNY."
        ),
        "DELTA_TWICE": (
            "Both delta and {given} are given. Give delta alone, or quality_coefficient with "
            "remaining_life_years and total_life_years."
        ),
        "DUPLICATE_KEY": (
            "The key {key!r} stands twice in one object of the input file. Keep one of them."
        ),
        "FIELD_MISSING": "The field {field} is missing. {advice}",
        "FIELD_UNKNOWN": "The field {field} is not known here. {advice}",
        "FINITE_LIFE_REQUIRED": (
            "The field {field} says that the data asset lives without end. Give a finite number "
            "of years: the least of legal term, contract, timeliness and product cycle."
        ),
        "INDEX_MISSING": (
            "The price index has no value for the period {period}. Add it to price_index."
        ),
        "INPUT_UNREADABLE": "The input file cannot be read as {kind}: {reason}.",
        "LIFE_NOT_POSITIVE": "The field {field} is {given}. Give more than 0 years.",
        "NEGATIVE_COMPONENT": (
            "The cost {field} is {given}. A cost is 0 or more: give the amount without the sign, "
            "or leave it out."
        ),
        "NEGATIVE_DELTA": (
            "The value adjustment delta is {given}. Give 0 or more: 1 leaves the cost as it is."
        ),
        "NEGATIVE_VALUE": "The field {field} is {given}. Give 0 or more.",
        "NOT_A_LIST": "The field {field} is not a list. Give a list of entries.",
        "NOT_A_NUMBER": (
            "The field {field} is {given!r}, which is not a number. Write digits with a point, "
            "such as 1250.50."
        ),
        "NOT_AN_OBJECT": "The field {field} is not an object. Give names with their values.",
        "NOT_ONE_OF": "The field {field} is {given!r}. Give one of: {allowed}.",
        "NOT_POSITIVE": "The field {field} is {given}. Give more than 0.",
        "NOT_TEXT": "The field {field} is not a text. Give a text that is not empty.",
        "NO_AMOUNT": (
            "The method {method} answers no amount of money. Choose one that values, such as cost."
        ),
        "NUMBER_OUT_OF_RANGE": (
            "The number in {field} is too large or has too many digits. Give at most 18 digits "
            "before the point and 20 after it."
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
        "REMAINING_LIFE_TOO_LONG": (
            "The remaining life of {remaining} years is longer than the total life of {total} "
            "years. Give a remaining life that is at most the total life."
        ),
        "SHARE_OUT_OF_RANGE": "The field {field} is {given}. Give a share from 0 to 1.",
        "STORED_RESULT_UNREADABLE": (
            "The stored result cannot be replayed: {reason}. Give a result as this library "
            "wrote it."
        ),
        "UNKNOWN_METHOD": "There is no valuation method {given!r}. {advice}",
    }
)

WARNING_SENTENCES: Final = MappingProxyType(
    {
        "COST_BASIS_UNSTATED": (
            "It is not stated at which prices the costs are. Set cost_basis to replacement when "
            "they are at prices of the valuation date, or restate them by a price index."
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
)

CODES: Final = frozenset(SENTENCES)
WARNING_CODES: Final = frozenset(WARNING_SENTENCES)


class ValuationError(Exception):
    """A refusal to compute: `code` is one of `CODES`, `parameters` fill its sentence."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(SENTENCES[code].format(**parameters))
        self.code = code
        self.parameters = {name: str(value) for name, value in parameters.items()}
