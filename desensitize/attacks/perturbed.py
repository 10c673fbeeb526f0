"""Read labels of columns whose rule changes numbers or dates: the rule says how far."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from desensitize.attacks.readers import Reading
from desensitize.attacks.values import Floats
from desensitize.masks import Mask

SURE = 0.999
"""The share of the noise that an attacker reckons with."""
NORMAL_SURE = 3.29


def _noise(reading: Reading, mask: Mask) -> None:
    scale = mask.options.number("scale") or 1.0
    at = _label_numbers(reading)
    kind = mask.options.text("distribution")
    if kind == "multiplicative":
        wide = np.exp(NORMAL_SURE * scale)
        ends = at / wide, at * wide
        low, high = np.minimum(*ends), np.maximum(*ends)
    else:
        reach = scale * (-np.log(1 - SURE) if kind == "laplace" else NORMAL_SURE)
        low, high = at - reach, at + reach
    _between(reading, *_to_the_nearest(reading, at, low, high), reading.numbers)


def _to_the_nearest(
    reading: Reading, at: Floats, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Return the bounds, widened to the nearest values where no value lies between them.

    One draw in a thousand lies further out than `SURE`: its value is no less there for that.
    """
    values = np.unique(reading.numbers[np.isfinite(reading.numbers)])
    if not len(values):
        return low, high
    empty = np.searchsorted(values, low) == np.searchsorted(values, high, side="right")
    empty &= np.isfinite(at)
    above = np.searchsorted(values, at)
    lower = np.append(-np.inf, values)[above]
    upper = np.append(values, np.inf)[above]
    return np.where(empty, lower, low), np.where(empty, upper, high)


def _microaggregated(reading: Reading, mask: Mask) -> None:
    at = _label_numbers(reading)
    different = np.unique(at[np.isfinite(at)])
    if not len(different):
        return
    # Groups are cut from the sorted numbers: a group lies between the means beside its own.
    fences = np.concatenate([[-np.inf], different, [np.inf]])
    place = np.searchsorted(different, at)
    low, high = fences[place], fences[np.minimum(place + 2, len(fences) - 1)]
    _between(reading, low, high, reading.numbers)


def _swapped(reading: Reading, mask: Mask) -> None:
    window = (mask.options.number("window") or 100.0) / 100
    if window >= 0.5 or not reading.is_numeric():
        reading.anything(reading.unread())
        return
    known = np.flatnonzero(np.isfinite(reading.numbers))
    order = known[np.argsort(reading.numbers[known])]
    ends = np.cumsum(reading.source.counts[order]) / max(1, reading.source.rows)
    ordered, at = reading.numbers[order], _label_numbers(reading)
    place = np.minimum(np.searchsorted(ordered, at), len(ordered) - 1)
    rank = ends[place]
    starts = rank - reading.source.counts[order][place] / max(1, reading.source.rows)
    lower = np.minimum(np.searchsorted(ends, starts - window), len(ordered) - 1)
    upper = np.minimum(np.searchsorted(ends, rank + window), len(ordered) - 1)
    _between(reading, ordered[lower], ordered[upper], reading.numbers)


def _cut_off(reading: Reading, mask: Mask) -> None:
    bottom, top = mask.options.number("bottom"), mask.options.number("top")
    at = _label_numbers(reading)
    low = at if bottom is None else np.where(at <= bottom, -np.inf, at)
    high = at if top is None else np.where(at >= top, np.inf, at)
    _between(reading, low, high, reading.numbers)


def _truncated_coordinates(reading: Reading, mask: Mask) -> None:
    # Pairs in one text have no single number: they stay unread.
    cell = 10.0 ** -mask.options.integer("decimals")
    at = _label_numbers(reading)
    _between(reading, at - 1e-9, at + cell, reading.numbers)


def _shifted(reading: Reading, mask: Mask) -> None:
    days, most = reading.days(), mask.options.integer("most_days")
    label_days = Reading(reading.released, reading.released).days()
    if days is None or label_days is None:
        return
    at = label_days[reading.unread()]
    _between(reading, at - most, at + most, days)


PERTURBED: Mapping[str, Callable[[Reading, Mask], None]] = MappingProxyType(
    {
        "add_noise": _noise,
        "microaggregate": _microaggregated,
        "swap": _swapped,
        "top_bottom_code": _cut_off,
        "truncate_coordinates": _truncated_coordinates,
        "shift_dates": _shifted,
    }
)


def _label_numbers(reading: Reading) -> Floats:
    numbers: Floats = reading.label_numbers[reading.unread()]
    return numbers


def _between(reading: Reading, low: Floats, high: Floats, axis: Floats) -> None:
    unread, known = reading.unread(), np.isfinite(low) | np.isfinite(high)
    reading.by_interval(unread[known], low[known], high[known], axis)
