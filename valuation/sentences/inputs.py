"""Sentences about inputs, whatever the method."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "CURRENCY_UNKNOWN": (
        "The currency {given!r} is not understood. Give three capital letters, such as CNY."
    ),
    "DATES_REVERSED": (
        "The day in {second} is not after the day in {first}. Exchange or correct them."
    ),
    "DATE_UNREADABLE": (
        "The field {field} is {given!r}, which is no day. Write year-month-day, such as 2025-09-30."
    ),
    "DUPLICATE_KEY": (
        "The key {key!r} stands twice in one object of the input file. Keep one of them."
    ),
    "FIELD_MISSING": "The field {field} is missing. {advice}",
    "FIELD_TWICE": (
        "Both {first} and {second} are given, and they say the same or exclude each other. "
        "Give one of them."
    ),
    "FIELD_UNKNOWN": "The field {field} is not known here. {advice}",
    "FINITE_LIFE_REQUIRED": (
        "The field {field} gives no finite life above 0. Data does not earn for ever: give a "
        "finite number of years, the least of legal term, contract, timeliness and product cycle."
    ),
    "INPUT_UNREADABLE": "The input file cannot be read as {kind}: {reason}.",
    "LIFE_NOT_POSITIVE": "The field {field} is {given}. Give more than 0 years.",
    "NEGATIVE_VALUE": "The field {field} is {given}. Give 0 or more.",
    "NOT_A_LIST": "The field {field} is not a list. Give a list of entries.",
    "NOT_A_NUMBER": (
        "The field {field} is {given!r}, which is not a number. Write digits with a point, "
        "such as 1250.50."
    ),
    "NOT_AN_OBJECT": "The field {field} is not an object. Give names with their values.",
    "NOT_A_TRUTH": "The field {field} is {given!r}. Give true or false.",
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
    "SERIES_LENGTH": (
        "The field {field} has {given} values where there are {expected} periods. Give one value "
        "for each period."
    ),
    "SERIES_TOO_LONG": "The field {field} has more than {most} values. Give at most {most}.",
    "SHARE_OUT_OF_RANGE": "The field {field} is {given}. Give a share from 0 to 1.",
    "STORED_RESULT_UNREADABLE": (
        "The stored result cannot be replayed: {reason}. Give a result as this library wrote it."
    ),
    "UNKNOWN_METHOD": "There is no valuation method {given!r}. {advice}",
}

WARNINGS: Final[dict[str, str]] = {
    "CURRENCY_UNSTATED": (
        "No currency is given, so the figures are numbers and no money. Give currency, such as CNY."
    ),
}
