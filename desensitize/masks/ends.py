"""Read labels that are intervals or periods as two values: where each begins and where it ends."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Any

import polars as pl

from desensitize.masks.contract import elementwise

ANYTHING = "*"
End = int | float | date | None
Ends = tuple[End, End]

NUMBER = r"[-+−]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)"
DAY = r"\d{4}-\d{2}-\d{2}"
BRACKETS = re.compile(rf"([\[(（])\s*({DAY}|{NUMBER})?\s*[,，;；]\s*({DAY}|{NUMBER})?\s*([\])）])")
DASH = re.compile(rf"({NUMBER})\s*(?:-|–|—|~|～|至|到|to)\s*({NUMBER})")
LEAST = re.compile(rf"(≥|>=|>|＞)\s*({NUMBER})|({NUMBER})\s*(?:\+|及?以上)")
MOST = re.compile(rf"(≤|<=|<|＜)\s*({NUMBER})|({NUMBER})\s*及?以下")
CODE = re.compile(r"(\d+)(\*+)")
PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-?Q([1-4]))?")
DECADE = re.compile(r"(\d{3})0s")
YEARS = re.compile(r"(\d{4})\s*(?:-|–|—|~|～|至|到|to)\s*(\d{4})")
LARGEST = 2**63
DIGITS = 18
"""Numbers of more digits before their point are not read."""
STRICT = (">", "＞", "<", "＜")


def type_of_ends(dtype: pl.DataType) -> pl.DataType | None:
    """Return the type that both ends of a column's intervals have; None where it has none."""
    if dtype.is_integer():
        return pl.Int64()
    if dtype.is_numeric():
        return pl.Float64()
    return pl.Date() if dtype == pl.Date else None


@lru_cache(maxsize=65_536)
def read_ends(label: str, kind: pl.DataType) -> Ends | None:
    """Return the least and the greatest value that a label stands for; None where it says neither.

    An open end is None, and “*” has none at all. Whole numbers and days are both within. An
    interval of finer numbers ends below its second number, as “[20, 40)” does: one that holds it
    cannot be told by two numbers and is not read; a single value is both.
    """
    text = label.strip()
    if text == ANYTHING:
        return None, None
    try:
        found = _days(text) if kind == pl.Date else _numbers(text, whole=kind == pl.Int64)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    if found is None or found == (None, None):
        return None
    # Both are of the kind that was asked for.
    low: Any = found[0]
    high: Any = found[1]
    if low is not None and high is not None and low > high:
        return None
    return found if all(_fits(end) for end in found) else None


def ends_of(labels: pl.Expr, kind: pl.DataType) -> tuple[pl.Expr, pl.Expr]:
    """Return where the intervals of a column of labels begin and end; null where one has no end."""
    low, high = (elementwise(labels, _reader(side, kind), kind) for side in (0, 1))
    return low, high


def _reader(side: int, kind: pl.DataType) -> Callable[[pl.Series], pl.Series]:
    def read(labels: pl.Series) -> pl.Series:
        different = labels.unique().drop_nulls()
        if not len(different):
            return pl.repeat(None, len(labels), dtype=kind, eager=True)
        ends = [(read_ends(one, kind) or (None, None))[side] for one in different]
        found = pl.Series(ends, dtype=kind)
        return labels.replace_strict(different, found, default=None, return_dtype=kind)

    return read


def _fits(end: End) -> bool:
    """Return whether a column of 64 bits can hold it."""
    if isinstance(end, float):
        return isfinite(end)
    return not isinstance(end, int) or abs(end) < LARGEST


def _numbers(text: str, *, whole: bool) -> Ends | None:
    for read in (_value, _brackets, _dash, _one_sided, _code):
        found = read(text, whole)
        if found is not None:
            return found
    return None


def _value(text: str, whole: bool) -> Ends | None:
    if not re.fullmatch(NUMBER, text):
        return None
    number = _decimal(text)
    if whole and number != number.to_integral_value():
        return None
    value = int(number) if whole else float(number)
    return value, value


def _brackets(text: str, whole: bool) -> Ends | None:
    if not (found := BRACKETS.fullmatch(text)):
        return None
    left, low, high, right = found.groups()
    return _within(
        None if low is None else _decimal(low),
        None if high is None else _decimal(high),
        without_low=left != "[",
        without_high=right != "]",
        whole=whole,
    )


def _dash(text: str, whole: bool) -> Ends | None:
    if not (found := DASH.fullmatch(text)):
        return None
    low, high = map(_decimal, found.groups())
    if whole:
        return _within(low, high, without_low=False, without_high=False, whole=True)
    # “20-39” of finer numbers reaches to where “40-59” begins.
    exponent = high.as_tuple().exponent
    assert isinstance(exponent, int)
    return float(low), float(high + Decimal(1).scaleb(min(exponent, 0)))


def _one_sided(text: str, whole: bool) -> Ends | None:
    if found := LEAST.fullmatch(text):
        bound = _decimal(found.group(2) or found.group(3))
        strict = found.group(1) in STRICT
        return _within(bound, None, without_low=strict, without_high=False, whole=whole)
    if found := MOST.fullmatch(text):
        bound = _decimal(found.group(2) or found.group(3))
        strict = found.group(1) in STRICT
        return _within(None, bound, without_low=False, without_high=strict, whole=whole)
    return None


def _code(text: str, whole: bool) -> Ends | None:
    """Read “3500**” as the whole numbers that begin so."""
    found = CODE.fullmatch(text)
    if found is None or not whole:
        return None
    room = 10 ** len(found.group(2))
    low = int(found.group(1)) * room
    return low, low + room - 1


def _within(
    low: Decimal | None, high: Decimal | None, *, without_low: bool, without_high: bool, whole: bool
) -> Ends | None:
    if not whole:
        if low is not None and high is not None and low >= high:
            return (float(low), float(low)) if low == high and not without_high else None
        if (without_low and low is not None) or (not without_high and high is not None):
            return None
        return (None if low is None else float(low)), (None if high is None else float(high))
    least = most = None
    if low is not None:
        edge = int(low.to_integral_value(ROUND_CEILING))
        least = edge + 1 if without_low and low == edge else edge
    if high is not None:
        edge = int(high.to_integral_value(ROUND_FLOOR))
        most = edge - 1 if without_high and high == edge else edge
    return least, most


def _decimal(text: str) -> Decimal:
    number = Decimal(text.replace("−", "-"))
    if number.adjusted() > DIGITS:
        raise ValueError("too long")
    return number


def _days(text: str) -> Ends | None:
    if found := PERIOD.fullmatch(text):
        year, month, day, quarter = (int(one) if one else None for one in found.groups())
        assert year is not None
        if day is not None:
            whole = date(year, month or 1, day)
            return whole, whole
        if quarter is not None:
            return date(year, quarter * 3 - 2, 1), _last(year, quarter * 3)
        return date(year, month or 1, 1), _last(year, month or 12)
    if found := DECADE.fullmatch(text):
        first = int(found.group(1)) * 10
        return date(first, 1, 1), _last(first + 9, 12)
    if found := YEARS.fullmatch(text):
        return date(int(found.group(1)), 1, 1), _last(int(found.group(2)), 12)
    found = BRACKETS.fullmatch(text)
    if found is None:
        return None
    left, low, high, right = found.groups()
    return (
        None if low is None else date.fromisoformat(low) + timedelta(days=left != "["),
        None if high is None else date.fromisoformat(high) - timedelta(days=right != "]"),
    )


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
