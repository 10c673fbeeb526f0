"""Numbers that are latitudes and longitudes, told by their range and by their neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desensitize.detectors.column import SampledColumn

LEAST_ROWS = 5
# Ten metres need four decimals; nobody notes prices or ratings so finely.
FINE, LEAST_FINE, NOTED = 4, 0.8, 8
CHINA_LATITUDES, CHINA_LONGITUDES = (17.5, 54.0), (73.0, 135.5)


@dataclass(frozen=True)
class _Range:
    low: float
    high: float
    is_noted: bool

    @property
    def is_chinese(self) -> bool:
        return self.within(CHINA_LONGITUDES) or self.within(CHINA_LATITUDES)

    def within(self, bounds: tuple[float, float]) -> bool:
        return bounds[0] <= self.low and self.high <= bounds[1]


def coordinate_columns(columns: Sequence[SampledColumn]) -> dict[str, bool]:
    """Return the names of columns of coordinates, and whether both of a pair are there.

    A latitude and a longitude beside each other prove one another. Alone, only numbers in China's
    range and with as many decimals as people note do.
    """
    ranges = [_range(column) for column in columns]
    found: dict[str, bool] = {}
    for place, (first, second) in enumerate(pairwise(ranges)):
        if first is not None and second is not None and _are_pair(first, second):
            found[columns[place].name] = found[columns[place + 1].name] = True
    for column, one in zip(columns, ranges, strict=True):
        alone = one is not None and one.is_noted and one.is_chinese and one.high > one.low
        if column.name not in found and alone:
            found[column.name] = False
    return found


def _are_pair(first: _Range, second: _Range) -> bool:
    for latitude, longitude in ((first, second), (second, first)):
        if latitude.within(CHINA_LATITUDES) and longitude.within(CHINA_LONGITUDES):
            return True
        world = latitude.within((-90, 90)) and longitude.within((-180, 180))
        wide = latitude.low < -10 and latitude.high > 10
        if world and wide and (longitude.low < -90 or longitude.high > 90):
            return True
        # Places of one country: negative longitudes of more than any latitude.
        if latitude.within((10, 72)) and longitude.within((-180, -60)):
            return True
    return False


def _range(column: SampledColumn) -> _Range | None:
    if column.dtype not in ("float", "decimal", "text") or len(column.values) < LEAST_ROWS:
        return None
    decimals = (
        column.values.str.extract(r"^[-+]?[0-9]{1,3}\.([0-9]+)$").str.len_chars().fill_null(0)
    )
    if (decimals >= FINE).sum() < LEAST_FINE * len(decimals):
        return None
    low, high = column.numbers.min(), column.numbers.max()
    if not isinstance(low, float) or not isinstance(high, float):
        return None
    return _Range(low, high, is_noted=bool((decimals <= NOTED).all()))
