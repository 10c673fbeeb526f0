"""Make hierarchies from the values of a column."""

import re
from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

import polars as pl

from desensitize.errors import DesensitizeError, nearest
from desensitize.privacy.hierarchy import ANYTHING, Hierarchy

FIRST_INTERVALS = 20
# Up to here floats hold every whole number.
WHOLE = 2.0**53
NICE = (1, 2, 5, 10)
HIDDEN = "*"
SHAPES = ("numbers", "dates", "codes", "values")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?")
CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]{3,20}")
SHORTEST_NUMERIC_CODE = 4
# A number is a code only where its column says so: amounts have equally many digits by chance.
CODE_NAMES = re.compile(
    r"post|zip|code|region|district|邮编|邮政|郵編|郵遞|区划|區劃|行政区|地区|代码|代碼|编码", re.I
)


def generate_hierarchy(
    column: str, values: Sequence[str], dtype: pl.DataType, *, shape: str | None = None
) -> Hierarchy:
    """Make a hierarchy for the different values of a column, given as text.

    Numbers go to intervals whose width doubles from level to level, dates to month, year and
    decade, codes of one length to ever shorter prefixes (310000, 3100**, 31****), everything else
    to “*” at once. `shape`, one of SHAPES, says what they are; else it is told by type, form and,
    for numbers that are codes, the column's name.

    Raises:
        DesensitizeError: `unknown-shape`, or `bad-hierarchy` where values lack the shape.
    """
    present = sorted(set(values))
    chosen = shape or _shape(column, present, dtype)
    if chosen not in SHAPES:
        raise DesensitizeError("unknown-shape", name=chosen, nearest=nearest(chosen, SHAPES))
    make = {"numbers": _intervals, "dates": _periods, "codes": _prefixes, "values": _values}[chosen]
    try:
        rows = make(present)
    except ValueError as error:
        raise DesensitizeError(
            "bad-hierarchy", column=column, reason=f"its values are no {chosen}"
        ) from error
    return Hierarchy.checked(column, rows)


def _shape(column: str, values: Sequence[str], dtype: pl.DataType) -> str:
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        return "dates"
    if dtype.is_numeric():
        if dtype.is_integer() and CODE_NAMES.search(column) and _are_codes(values):
            return "codes"
        finite = all(isfinite(float(one)) for one in values)
        return "numbers" if len(values) > 2 and finite else "values"
    if values and all(ISO_DATE.fullmatch(value) for value in values):
        return "dates"
    if _are_codes(values) and all(CODE.fullmatch(value) for value in values):
        return "codes"
    return "values"


def _are_codes(values: Sequence[str]) -> bool:
    lengths = {len(value) for value in values}
    shortest = SHORTEST_NUMERIC_CODE if all(value.isdigit() for value in values) else 3
    return len(values) > 2 and len(lengths) == 1 and min(lengths) >= shortest


def _values(values: Sequence[str]) -> list[tuple[str, ...]]:
    return [(value, ANYTHING) for value in values]


def _periods(values: Sequence[str]) -> list[tuple[str, ...]]:
    if not all(ISO_DATE.fullmatch(value) for value in values):
        raise ValueError("not a date")
    return [(value, value[:7], value[:4], value[:3] + "0s", ANYTHING) for value in values]


def _prefixes(values: Sequence[str]) -> list[tuple[str, ...]]:
    length = max(map(len, values), default=0)
    if not length or any(len(value) != length for value in values):
        raise ValueError("not of one length")
    step = max(1, round(length / 3))
    kept = range(length - step, 0, -step)
    return [
        (value, *(value[:keep] + HIDDEN * (length - keep) for keep in kept), ANYTHING)
        for value in values
    ]


def _intervals(values: Sequence[str]) -> list[tuple[str, ...]]:
    numbers = [float(value) for value in values]
    if not numbers or not all(map(isfinite, numbers)):
        raise ValueError("not a number")
    low, high = min(numbers), max(numbers)
    width = _nice_width((high - low) / FIRST_INTERVALS)
    if all(number.is_integer() for number in numbers):
        width = max(2.0, width)
    origin = floor(low / width) * width
    widths = [width]
    while origin + widths[-1] <= high:
        widths.append(widths[-1] * 2)
    # The last width covers everything, which is what “*” says.
    inner = widths[:-1]
    rows = []
    for value, number in zip(values, numbers, strict=True):
        labels = []
        for each in inner:
            start = origin + floor((number - origin) / each) * each
            labels.append(f"[{_edge(start, width)}, {_edge(start + each, width)})")
        rows.append((value, *labels, ANYTHING))
    return rows


def _edge(number: float, width: float) -> str:
    """Write a multiple of the narrowest width so that no two are written alike."""
    if number.is_integer() and abs(number) < WHOLE:
        return f"{number:.0f}"
    digits = ceil(log10(max(abs(number) / width, 1.0))) + 2
    return f"{number:.{min(max(digits, 10), 17)}g}"


def _nice_width(least: float) -> float:
    if least <= 0:
        return 1.0
    scale = 10.0 ** floor(log10(least))
    return next(step * scale for step in NICE if step * scale >= least * (1 - 1e-9))
