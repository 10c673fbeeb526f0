"""Make hierarchies from the values of a column."""

from collections.abc import Sequence
from math import floor, isfinite, log10

import polars as pl

from desensitize.privacy.hierarchy import ANYTHING, Hierarchy

FIRST_INTERVALS = 20
NICE = (1, 2, 5, 10)


def generate_hierarchy(column: str, values: Sequence[str], dtype: pl.DataType) -> Hierarchy:
    """Make a hierarchy for the different values of a column, given as text.

    Numbers go to intervals whose width doubles from level to level, dates to month, year and
    decade, everything else to “*” at once.
    """
    present = sorted(set(values))
    rows: list[tuple[str, ...]]
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        rows = [(value, value[:7], value[:4], value[:3] + "0s", ANYTHING) for value in present]
    elif dtype.is_numeric() and len(present) > 2 and all(isfinite(float(one)) for one in present):
        rows = _intervals(present)
    else:
        rows = [(value, ANYTHING) for value in present]
    return Hierarchy.checked(column, rows)


def _intervals(values: Sequence[str]) -> list[tuple[str, ...]]:
    numbers = [float(value) for value in values]
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
            labels.append(f"[{start:.10g}, {start + each:.10g})")
        rows.append((value, *labels, ANYTHING))
    return rows


def _nice_width(least: float) -> float:
    if least <= 0:
        return 1.0
    scale = 10.0 ** floor(log10(least))
    return next(step * scale for step in NICE if step * scale >= least * (1 - 1e-9))
