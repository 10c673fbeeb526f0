"""The carrying amount of a booked asset month by month, with what was written down on the way.

Amortization begins in the month of readiness (CAS 6). A loss is taken at the end of the month of
its test; what is left is spread over the months that are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from marketplace.accounting.standards.figures import ZERO


@dataclass(frozen=True)
class Booked:
    """An asset: its cost, the day of readiness and its life; a life of None is not amortized."""

    cost: Decimal
    ready_on: date
    months: int | None


@dataclass(frozen=True)
class Loss:
    """What a test took away; below zero what it gave back."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class CalendarYear:
    """A year of the asset, in exact money: what it opens with, what goes, what it closes with."""

    year: int
    opening: Decimal
    amortized: Decimal
    impaired: Decimal
    closing: Decimal


def by_year(
    booked: Booked, losses: Sequence[Loss], *, until: int | None = None
) -> list[CalendarYear]:
    """Return each calendar year from readiness to the end of life, or to `until`."""
    last = until if until is not None else _last_year(booked, losses)
    years: list[CalendarYear] = []
    carrying, left = booked.cost, booked.months
    for year in range(booked.ready_on.year, last + 1):
        opening, amortized, impaired = carrying, ZERO, ZERO
        for month in range(booked.ready_on.month if year == booked.ready_on.year else 1, 13):
            if left:
                taken = carrying / left
                carrying, left, amortized = carrying - taken, left - 1, amortized + taken
            loss = _lost_in(losses, year, month)
            carrying, impaired = carrying - loss, impaired + loss
        years.append(CalendarYear(year, opening, amortized, impaired, carrying))
    return years


def carrying_on(booked: Booked, losses: Sequence[Loss], day: date) -> Decimal:
    """Return the carrying amount at the end of a day's month, after the losses given."""
    carrying, left = booked.cost, booked.months
    for number in range(_months(booked.ready_on, day) + 1):
        year, month = divmod(booked.ready_on.month - 1 + number, 12)
        if left:
            carrying, left = carrying - carrying / left, left - 1
        at = (booked.ready_on.year + year, month + 1)
        carrying -= _lost_in(losses, *at)
    return carrying


def loss_of_test(
    booked: Booked, losses: Sequence[Loss], *, on: date, recoverable: Decimal, reverses: bool
) -> Decimal:
    """Return the loss of a test; below zero what comes back, where the standard reverses.

    What comes back is bounded by the carrying amount as if nothing had ever been written down.
    """
    now = carrying_on(booked, losses, on)
    if recoverable < now:
        return now - recoverable
    if not reverses:
        return ZERO
    ceiling = carrying_on(booked, (), on)
    return min(ZERO, now - min(recoverable, ceiling))


def _lost_in(losses: Sequence[Loss], year: int, month: int) -> Decimal:
    here = (each.amount for each in losses if (each.on.year, each.on.month) == (year, month))
    return sum(here, ZERO)


def _months(start: date, end: date) -> int:
    return max(-1, (end.year - start.year) * 12 + end.month - start.month)


def _last_year(booked: Booked, losses: Sequence[Loss]) -> int:
    months = booked.months or 12
    end = booked.ready_on.year + (booked.ready_on.month - 2 + months) // 12
    return max([end, *(loss.on.year for loss in losses)])
