"""Games: what a coalition of owners is worth, from a table or from what their records cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from valuation.errors import ValuationError

Game = Callable[[int], Fraction]
"""The worth of a coalition, given as the number whose bits are its owners' places."""


def table_game(worths: Mapping[frozenset[str], Fraction], owners: Sequence[str]) -> Game:
    """Look coalitions up; the empty one is worth 0 when it is not told.

    Raises (when asked):
        ValuationError: `missing-coalition`, the table does not tell a coalition.
    """

    def worth(coalition: int) -> Fraction:
        members = members_of(coalition, owners)
        known = worths.get(frozenset(members))
        if known is None:
            if not coalition:
                return Fraction(0)
            raise ValuationError("missing-coalition", coalition="+".join(members))
        return known

    return worth


def coverage_game(
    covers: Sequence[Iterable[str]], values: Mapping[str, Fraction], unit: Fraction
) -> Game:
    """Count what a coalition's records cover together: each item once, by its value or `unit`."""
    places: dict[str, int] = {}
    masks = []
    for items in covers:
        mask = 0
        for item in items:
            mask |= 1 << places.setdefault(item, len(places))
        masks.append(mask)
    # Items of one value are counted at once.
    of_value: dict[Fraction, int] = {}
    for item, place in places.items():
        value = values.get(item, unit)
        of_value[value] = of_value.get(value, 0) | 1 << place

    def worth(coalition: int) -> Fraction:
        together = 0
        for place, mask in enumerate(masks):
            if coalition >> place & 1:
                together |= mask
        return sum(
            (value * (together & mask).bit_count() for value, mask in of_value.items()),
            Fraction(0),
        )

    return worth


def overlap_game(alone: Sequence[Fraction], overlaps: Mapping[tuple[int, int], Fraction]) -> Game:
    """Add what owners are worth alone and take off what each pair of them has twice."""

    def worth(coalition: int) -> Fraction:
        own = (value for place, value in enumerate(alone) if coalition >> place & 1)
        twice = (
            value
            for (one, other), value in overlaps.items()
            if coalition >> one & 1 and coalition >> other & 1
        )
        return sum(own, Fraction(0)) - sum(twice, Fraction(0))

    return worth


def quota_game(weights: Sequence[Fraction], quota: Fraction) -> Game:
    """Be worth 1 where the weights of a coalition reach the quota, and else 0."""

    def worth(coalition: int) -> Fraction:
        own = (value for place, value in enumerate(weights) if coalition >> place & 1)
        return Fraction(int(sum(own, Fraction(0)) >= quota))

    return worth


def members_of(coalition: int, owners: Sequence[str]) -> list[str]:
    """Name the owners of a coalition in their order."""
    return [owner for place, owner in enumerate(owners) if coalition >> place & 1]
