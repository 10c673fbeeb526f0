"""Two versions of a data product, between which buyers choose for themselves.

Source: Shapiro and Varian, Versioning: The Smart Way to Sell Information (1998). A buyer takes the
version that leaves the most of his own worth after its price, the high one at a tie, and none below
0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Buyers:
    """A group of `count` buyers with what a version is worth to each; `high` is at least `low`."""

    count: Fraction
    high: Fraction
    low: Fraction


@dataclass(frozen=True)
class Versions:
    """Prices of the two versions and what they bring; `buys` is high, low or none a group."""

    high_price: Fraction
    low_price: Fraction
    revenue: Fraction
    buys: tuple[str, ...]


def best_single(buyers: Sequence[Buyers]) -> tuple[Fraction, Fraction]:
    """Return the best price of the high version alone and its revenue; ties: the lower price."""
    offers = [
        (price * sum((group.count for group in buyers if group.high >= price), Fraction(0)), -price)
        for price in {group.high for group in buyers}
    ]
    revenue, price = max(offers)
    return -price, revenue


def best_versions(buyers: Sequence[Buyers]) -> Versions:
    """Return the prices of two versions that bring the most; ties go to the lower prices."""
    return max(
        (sold_at(buyers, high, low) for high, low in _candidates(buyers)),
        key=lambda sold: (sold.revenue, -sold.high_price, -sold.low_price),
    )


def sold_at(buyers: Sequence[Buyers], high: Fraction, low: Fraction) -> Versions:
    """Let every group choose between the versions at these prices."""
    revenue, buys = Fraction(0), []
    for group in buyers:
        gain_high, gain_low = group.high - high, group.low - low
        if gain_high >= max(gain_low, Fraction(0)):
            buys.append("high")
            revenue += group.count * high
        elif gain_low >= 0:
            buys.append("low")
            revenue += group.count * low
        else:
            buys.append("none")
    return Versions(high, low, revenue, tuple(buys))


def _candidates(buyers: Sequence[Buyers]) -> Iterator[tuple[Fraction, Fraction]]:
    """Return every pair of prices at which neither can rise without losing somebody.

    Each price is some group's worth, or stands apart from the other by some group's difference.
    """
    highs, lows = {group.high for group in buyers}, {group.low for group in buyers}
    gaps = {group.high - group.low for group in buyers}
    for high in highs:
        yield from ((high, low) for low in lows)
        yield from ((high, high - gap) for gap in gaps if high >= gap)
    for low in lows:
        yield from ((low + gap, low) for gap in gaps)
