"""Make hierarchies from the values of a column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

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


@dataclass(frozen=True)
class Making:
    """Say how labels of a column are made, so that what comes later gets its own in the same way.

    Intervals begin at `origin`, the narrowest are `width` wide, and `inner` levels of them double;
    codes have `length` characters.
    """

    shape: str
    origin: float = 0.0
    width: float = 0.0
    inner: int = 0
    length: int = 0

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Making":
        """Read what `dataclasses.asdict` wrote."""
        return cls(**document)

    @property
    def levels(self) -> int:
        """Count the levels, the values themselves and “*” included."""
        if self.shape == "codes":
            return 2 + len(_kept(self.length))
        return {"numbers": 2 + self.inner, "dates": 5}.get(self.shape, 2)

    def unfit(self, values: pl.Series) -> pl.Series:
        """Say of values, as text, which get no label; what is missing gets its own."""
        if self.shape == "numbers":
            fits = values.cast(pl.Float64, strict=False).is_finite().fill_null(False)
        elif self.shape == "dates":
            fits = values.str.contains(f"^(?:{ISO_DATE.pattern})$")
        elif self.shape == "codes":
            fits = values.str.len_chars() == self.length
        else:
            fits = pl.repeat(True, len(values), dtype=pl.Boolean, eager=True)
        return ~fits & values.is_not_null()


def making_of(
    column: str, values: Sequence[str], dtype: pl.DataType, *, shape: str | None = None
) -> Making:
    """Return how labels are made for the different values of a column, given as text.

    Raises:
        DesensitizeError: `unknown-shape`, or `bad-hierarchy` where values lack the shape.
    """
    present = sorted(set(values))
    chosen = shape or _shape(column, present, dtype)
    if chosen not in SHAPES:
        raise DesensitizeError("unknown-shape", name=chosen, nearest=nearest(chosen, SHAPES))
    try:
        if chosen == "numbers":
            return _intervals_for(present)
        if chosen == "codes":
            return Making(chosen, length=max(map(len, present), default=0))
    except ValueError as error:
        raise _no(chosen, column) from error
    return Making(chosen)


def generate_hierarchy(
    column: str,
    values: Sequence[str],
    dtype: pl.DataType,
    *,
    shape: str | None = None,
    making: Making | None = None,
) -> Hierarchy:
    """Make a hierarchy for the different values of a column, given as text.

    Numbers go to intervals whose width doubles from level to level, dates to month, year and
    decade, codes of one length to ever shorter prefixes (310000, 3100**, 31****), everything else
    to “*” at once. `shape`, one of SHAPES, says what they are; else it is told by type, form and,
    for numbers that are codes, the column's name. `making` is how labels were made before.

    Raises:
        DesensitizeError: `unknown-shape`, or `bad-hierarchy` where values lack the shape.
    """
    made = making or making_of(column, values, dtype, shape=shape)
    make = {"numbers": _intervals, "dates": _periods, "codes": _prefixes, "values": _values}
    try:
        rows = make[made.shape](sorted(set(values)), made)
    except ValueError as error:
        raise _no(made.shape, column) from error
    return Hierarchy.checked(column, rows)


def _no(shape: str, column: str) -> DesensitizeError:
    return DesensitizeError("bad-hierarchy", column=column, reason=f"its values are no {shape}")


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


def _values(values: Sequence[str], _making: Making) -> list[tuple[str, ...]]:
    return [(value, ANYTHING) for value in values]


def _periods(values: Sequence[str], _making: Making) -> list[tuple[str, ...]]:
    if not all(ISO_DATE.fullmatch(value) for value in values):
        raise ValueError("not a date")
    return [(value, value[:7], value[:4], value[:3] + "0s", ANYTHING) for value in values]


def _prefixes(values: Sequence[str], making: Making) -> list[tuple[str, ...]]:
    length = making.length
    if not length or any(len(value) != length for value in values):
        raise ValueError("not of one length")
    return [
        (value, *(value[:keep] + HIDDEN * (length - keep) for keep in _kept(length)), ANYTHING)
        for value in values
    ]


def _kept(length: int) -> range:
    """Return how many characters of a code are shown from level to level."""
    step = max(1, round(length / 3))
    return range(length - step, 0, -step)


def _finite(values: Sequence[str]) -> list[float]:
    numbers = [float(value) for value in values]
    if not numbers or not all(map(isfinite, numbers)):
        raise ValueError("not a number")
    return numbers


def _intervals_for(values: Sequence[str]) -> Making:
    numbers = _finite(values)
    low, high = min(numbers), max(numbers)
    width = _nice_width((high - low) / FIRST_INTERVALS)
    if all(number.is_integer() for number in numbers):
        width = max(2.0, width)
    origin = floor(low / width) * width
    # The last width covers everything, which is what “*” says.
    inner = 0
    while origin + width * 2**inner <= high:
        inner += 1
    return Making("numbers", origin=origin, width=width, inner=inner)


def _intervals(values: Sequence[str], making: Making) -> list[tuple[str, ...]]:
    rows = []
    for value, number in zip(values, _finite(values), strict=True):
        labels = []
        for each in (making.width * 2**level for level in range(making.inner)):
            start = making.origin + floor((number - making.origin) / each) * each
            edges = (_edge(start, making.width), _edge(start + each, making.width))
            labels.append(f"[{edges[0]}, {edges[1]})")
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
