"""Bounds of what is computed with at all, checked before anything is done with what was sent.

A number of a million digits, a list in a list a thousand deep or a date in the year 9999 is no
input of any act; whoever reads numbers, days or JSON of others reads them here.
"""

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

MOST_DIGITS, MOST_PLACES = 18, 20
"""Before and after the point: what both databases keep, and decimals compute with exactly."""
LONGEST_NUMBER = 64
"""Characters, with sign, point and exponent."""
GREATEST_WHOLE = 2**31 - 1
"""What both databases keep in the smaller of their columns."""
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Any term of the centre can be added to the latest."""
DEEPEST = 32
MOST_ITEMS = 100_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Null and halves of characters: PostgreSQL keeps neither."""


class OutOfBounds(ValueError):
    """What was sent is larger, deeper or stranger than what is computed with; its text says so."""


def decimal_of(value: object) -> Decimal:
    """Read an exact number.

    Raises:
        OutOfBounds: it has too many digits, before or after the point.
        ValueError: it is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("no number")
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        raise OutOfBounds(_too_long())
    text = str(value).strip()
    if len(text) > LONGEST_NUMBER:
        raise OutOfBounds(_too_long())
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not number.is_finite():
        raise ValueError("no number")
    return within(number)


def within(number: Decimal) -> Decimal:
    """Return a number that can be written with as many digits as are computed with.

    Raises:
        OutOfBounds: it has more, before or after the point.
    """
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and (
        max(number.adjusted(), exponent) >= MOST_DIGITS or exponent < -MOST_PLACES
    ):
        raise OutOfBounds(_too_long())
    return number


def whole_of(value: object) -> int:
    """Read a whole number that both databases keep.

    Raises:
        OutOfBounds: it has too many digits.
        ValueError: it is no whole number.
    """
    number = decimal_of(value)
    if number != number.to_integral_value():
        raise ValueError("no whole number")
    return int(number)


def day_of(text: str) -> date:
    """Read a day, written 2026-03-31.

    Raises:
        OutOfBounds: no term can be counted from it.
        ValueError: it is no day.
    """
    return within_calendar(date.fromisoformat(text))


def within_calendar(day: date) -> date:
    """Return a day from which terms can be counted.

    Raises:
        OutOfBounds: it lies before 1900 or after 2199.
    """
    if not EARLIEST <= day <= LATEST:
        raise OutOfBounds(_("Give a day from 1900-01-01 to 2199-12-31."))
    return day


def read_json(content: str | bytes, *, exact: bool = False) -> Any:
    """Read JSON that reads in one way, whose numbers, depth and count can be computed with.

    exact: numbers with a point become decimals, as they are written.

    Raises:
        OutOfBounds: numbers, depth or count are out of bounds.
        ValueError: it is no JSON in UTF-8, or names a key twice.
    """
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    try:
        found = json.loads(
            text,
            parse_int=_whole,
            parse_float=decimal_of if exact else _float,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object_once,
        )
    except RecursionError:
        raise OutOfBounds(_too_deep()) from None
    _check_shape(found)
    return found


def _check_shape(found: object) -> None:
    """Check depth, count and texts without recursion."""
    count, level = 0, [found]
    for _depth in range(DEEPEST + 1):
        count += len(level)
        if count > MOST_ITEMS:
            raise OutOfBounds(_("The JSON holds more than 100,000 values. Send less at once."))
        for value in level:
            if isinstance(value, str):
                _check_text(value)
        following: list[object] = []
        for value in level:
            if isinstance(value, dict):
                following.extend((*value, *value.values()))
            elif isinstance(value, list):
                following.extend(value)
        if not following:
            return
        level = following
    raise OutOfBounds(_too_deep())


def _check_text(text: str) -> None:
    if UNSTORABLE.search(text):
        raise OutOfBounds(_("A text holds a null or half a character. Take it out."))


def _whole(text: str) -> int:
    if len(text.removeprefix("-")) > MOST_DIGITS:
        raise OutOfBounds(_too_long())
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if len(text) > LONGEST_NUMBER or abs(number) >= 10**MOST_DIGITS:
        raise OutOfBounds(_too_long())
    return number


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _object_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("A key stands twice in one object."))
    return found


def too_large(most: int) -> str:
    """Say how large a whole number may be."""
    return _("Give a whole number of at most %d.") % most


def _too_long() -> str:
    return _("A number has too many digits. Give at most 18 before and 20 after the point.")


def _too_deep() -> str:
    return _("The JSON is nested too deep. Send lists and objects at most 32 deep.")
