"""Read numbers that can be computed with exactly."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST_DIGITS = 40
LONGEST = 64


def exact(value: object) -> Decimal:
    """Read a number of at most 40 digits before and after the point.

    A power such as 1E999999 takes minutes to write out, so it is refused before that.

    Raises:
        ValueError: it is none, has no end, or has more digits.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("no number")
    if isinstance(value, int) and value.bit_length() > 4 * MOST_DIGITS:
        raise ValueError("too many digits")
    text = str(value).strip()
    if len(text) > LONGEST:
        raise ValueError("too many digits")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(text)
    if max(number.adjusted(), abs(exponent)) >= MOST_DIGITS:
        raise ValueError("too many digits")
    return number
