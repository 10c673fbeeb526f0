"""How far a value moves when one input at a time goes from its low to its high."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from valuation.errors import ValuationError
from valuation.inputs import decimal_from
from valuation.rounding import to_decimal

Run = Callable[[Mapping[str, object]], Fraction]
"""The value that a method gives for inputs."""

_STEP = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True)
class Bar:
    """One input's bar: its base, low and high, and the values that come of the last two.

    Base, low and high are None where a whole list of numbers is moved by a share.
    """

    name: str
    base: Decimal | None
    low: Decimal | None
    high: Decimal | None
    value_low: Fraction
    value_high: Fraction

    @property
    def swing(self) -> Fraction:
        """Return the length of the bar, which is 0 or more."""
        return abs(self.value_high - self.value_low)


@dataclass(frozen=True)
class Range:
    """Where an input goes: from `low` to `high`, or `share` to either side of its base."""

    low: Decimal | None = None
    high: Decimal | None = None
    share: Decimal | None = None


def sensitivities(
    run: Run, inputs: Mapping[str, object], ranges: Mapping[str, Range]
) -> tuple[Bar, ...]:
    """Move each named input by itself and return the bars, the longest first, ties by name.

    A name is the way to a number through objects and lists: `discount_rate`, `components.direct`,
    `income[2]` (counted from 1). A list of numbers can be moved by a share, all together.

    Raises:
        ValuationError: `tornado-input-unknown`, there is no such number; `tornado-refused`, the
            method refuses a low or a high.
    """
    bars = []
    for name, given in ranges.items():
        found = _found(inputs, name)
        ends = [_moved(found, given, up=up, name=name) for up in (False, True)]
        values = [_run(run, inputs, name, end) for end in ends]
        single = not isinstance(found, list | tuple)
        bars.append(
            Bar(
                name,
                decimal_from(found, name) if single else None,
                decimal_from(ends[0], name) if single else None,
                decimal_from(ends[1], name) if single else None,
                values[0],
                values[1],
            )
        )
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name)))


def _steps(name: str) -> list[str]:
    return _STEP.findall(name)


def _found(inputs: object, name: str) -> object:
    place = inputs
    for step in _steps(name):
        if isinstance(place, Mapping) and step in place:
            place = place[step]
        elif isinstance(place, list | tuple) and step.isdigit() and 1 <= int(step) <= len(place):
            place = place[int(step) - 1]
        else:
            raise ValuationError("tornado-input-unknown", name=name)
    if place is None or isinstance(place, Mapping | bool):
        raise ValuationError("tornado-input-unknown", name=name)
    return place


def _moved(found: object, given: Range, *, up: bool, name: str) -> object:
    if given.share is None:
        if isinstance(found, list | tuple):
            raise ValuationError("tornado-input-unknown", name=name)
        return given.high if up else given.low
    factor = 1 + Fraction(given.share) * (1 if up else -1)
    if isinstance(found, list | tuple):
        return [_scaled(part, factor, name) for part in found]
    return _scaled(found, factor, name)


def _scaled(found: object, factor: Fraction, name: str) -> Decimal:
    return to_decimal(Fraction(decimal_from(found, name)) * factor)


def _run(run: Run, inputs: Mapping[str, object], name: str, end: object) -> Fraction:
    changed = _with(inputs, _steps(name), end)
    assert isinstance(changed, Mapping)
    try:
        return run(changed)
    except ValuationError as refusal:
        given = "the shares" if isinstance(end, list) else end
        raise ValuationError("tornado-refused", name=name, given=given, refusal=refusal) from None


def _with(place: object, steps: Sequence[str], end: object) -> object:
    """Copy nested inputs with another number at the end of the way."""
    if not steps:
        return end
    first, rest = steps[0], steps[1:]
    if isinstance(place, Mapping):
        return {
            key: _with(part, rest, end) if key == first else part for key, part in place.items()
        }
    assert isinstance(place, list | tuple)
    return [
        _with(part, rest, end) if number == int(first) else part
        for number, part in enumerate(place, start=1)
    ]
