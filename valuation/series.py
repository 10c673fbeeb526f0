"""Inputs with one value a period: lists, or one number for all periods."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from

LONGEST: Final = 200
"""The most periods that a series may have."""


def is_list(value: object) -> bool:
    """Return whether an input is a list of values."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def numbers(fields: Fields, field: str, advice: str, *, negative: bool = False) -> list[Fraction]:
    """Return a required list of numbers, at least one and at most `LONGEST`.

    Raises:
        ValuationError: it is no such list, or a number is below 0 and may not be.
    """
    given = fields.require(field, advice)
    if not is_list(given) or not isinstance(given, Sequence):
        raise ValuationError("not-a-list", field=fields.name(field))
    if not given:
        raise ValuationError("field-missing", field=fields.name(field), advice=advice)
    if len(given) > LONGEST:
        raise ValuationError("series-too-long", field=fields.name(field), most=LONGEST)
    found = []
    for place, part in enumerate(given, start=1):
        path = f"{fields.name(field)}[{place}]"
        number = Fraction(decimal_from(part, path))
        if number < 0 and not negative:
            raise ValuationError("negative-value", field=path, given=part)
        found.append(number)
    return found


def series(fields: Fields, field: str, advice: str, length: int) -> list[Fraction]:
    """Return one number of 0 or more for each period; a single number stands for all of them.

    Raises:
        ValuationError: `series-length`, the list has another length.
    """
    if not is_list(fields.require(field, advice)):
        return [fields.non_negative(field, advice)] * length
    found = numbers(fields, field, advice)
    if len(found) != length:
        raise ValuationError(
            "series-length", field=fields.name(field), given=len(found), expected=length
        )
    return found
