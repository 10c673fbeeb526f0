"""Lists within the fields of an input, checked entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from

MOST_ENTRIES: Final = 100_000
"""A list that is longer is a mistake or an attack."""


def items(fields: Fields, field: str, advice: str, *, most: int = MOST_ENTRIES) -> list[object]:
    """Return a required list as it stands.

    Raises:
        ValuationError: it is missing, no list, or longer than `most`.
    """
    return as_items(fields.require(field, advice), fields.name(field), most=most)


def as_items(value: object, field: str, *, most: int = MOST_ENTRIES) -> list[object]:
    """Take a value as a list, or say that the field holds none."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise ValuationError("not-a-list", field=field)
    if len(value) > most:
        raise ValuationError("too-many-items", field=field, given=len(value), most=most)
    return list(value)


def numbers(fields: Fields, field: str, advice: str) -> tuple[Fraction, ...]:
    """Return a required list of numbers; sentences count them from 1."""
    return as_numbers(fields.require(field, advice), fields.name(field))


def as_numbers(value: object, field: str) -> tuple[Fraction, ...]:
    """Take a value as a list of numbers."""
    return tuple(
        Fraction(decimal_from(part, f"{field}[{place}]"))
        for place, part in enumerate(as_items(value, field), start=1)
    )


def names(fields: Fields, field: str, advice: str, *, most: int) -> tuple[str, ...]:
    """Return a required list of different texts; whole numbers count as texts."""
    found: list[str] = []
    for place, part in enumerate(items(fields, field, advice, most=most), start=1):
        name = Fields({"name": part}, f"{fields.name(field)}[{place}]").label("name", advice)
        if name in found:
            raise ValuationError("item-twice", name=name, field=fields.name(field))
        found.append(name)
    return tuple(found)
