"""Sentences about inputs, whatever the method."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "currency-unknown": (
        "The currency {given!r} is not understood. Give three capital letters, such as CNY."
    ),
    "dates-reversed": (
        "The day in {second} is not after the day in {first}. Exchange or correct them."
    ),
    "date-unreadable": (
        "The field {field} is {given!r}, which is no day. Write year-month-day, such as 2025-09-30."
    ),
    "duplicate-key": (
        "The key {key!r} stands twice in one object of the input file. Keep one of them."
    ),
    "field-missing": "The field {field} is missing. {advice}",
    "field-twice": (
        "Both {first} and {second} are given, and they say the same or exclude each other. "
        "Give one of them."
    ),
    "field-unknown": "The field {field} is not known here. {advice}",
    "finite-life-required": (
        "The field {field} gives no finite life above 0. Data does not earn for ever: give a "
        "finite number of years, the least of legal term, contract, timeliness and product cycle."
    ),
    "input-unreadable": "The input file cannot be read as {kind}: {reason}.",
    "life-not-positive": "The field {field} is {given}. Give more than 0 years.",
    "negative-value": "The field {field} is {given}. Give 0 or more.",
    "not-a-list": "The field {field} is not a list. Give a list of entries.",
    "not-a-number": (
        "The field {field} is {given!r}, which is not a number. Write digits with a point, "
        "such as 1250.50."
    ),
    "not-an-object": "The field {field} is not an object. Give names with their values.",
    "not-a-truth": "The field {field} is {given!r}. Give true or false.",
    "not-one-of": "The field {field} is {given!r}. Give one of: {allowed}.",
    "not-positive": "The field {field} is {given}. Give more than 0.",
    "not-text": "The field {field} is not a text. Give a text that is not empty.",
    "no-amount": (
        "The method {method} answers no amount of money. Choose one that values, such as cost."
    ),
    "number-out-of-range": (
        "The number in {field} is too large or has too many digits. Give at most 18 digits "
        "before the point and 20 after it."
    ),
    "series-length": (
        "The field {field} has {given} values where there are {expected} periods. Give one value "
        "for each period."
    ),
    "series-too-long": "The field {field} has more than {most} values. Give at most {most}.",
    "share-out-of-range": "The field {field} is {given}. Give a share from 0 to 1.",
    "stored-result-unreadable": (
        "The stored result cannot be replayed: {reason}. Give a result as this library wrote it."
    ),
    "unknown-method": "There is no valuation method {given!r}. {advice}",
}

WARNINGS: Final[dict[str, str]] = {
    "currency-unstated": (
        "No currency is given, so the figures are numbers and no money. Give currency, such as CNY."
    ),
}
