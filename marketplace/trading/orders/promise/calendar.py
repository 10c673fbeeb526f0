"""Which days an order was promised revisions by, and which of them brought one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from marketplace.catalog.feed.choices import Every
from marketplace.core.months import months_after


@dataclass(frozen=True)
class Period:
    """A time in which a revision is promised: from a moment on, until it is missed."""

    due_on: date
    begins: datetime
    missed_from: datetime


def periods_from(first: date, every: str, *, grace_hours: int, until: date) -> Iterator[Period]:
    """Yield the periods after a day, one after the other, up to a day."""
    number, before = 1, first
    while (due_on := _nth(first, every, number)) <= until:
        end = _begin_of(due_on + timedelta(days=1))
        yield Period(
            due_on,
            _begin_of(before + timedelta(days=1)),
            end + timedelta(hours=grace_hours),
        )
        number, before = number + 1, due_on


def missed_of(
    periods: Sequence[Period], brought: Sequence[datetime], *, now: datetime
) -> list[Period]:
    """Return the periods that are over and brought nothing.

    What was brought counts for one period alone: the earliest that waits for it.
    """
    left, missed = sorted(brought), []
    for period in periods:
        if period.missed_from > now:
            break
        found = next((at for at in left if period.begins <= at < period.missed_from), None)
        if found is None:
            missed.append(period)
        else:
            left.remove(found)
    return missed


def _nth(first: date, every: str, number: int) -> date:
    if every == Every.MONTH:
        return months_after(first, number)
    return first + timedelta(days=number * (7 if every == Every.WEEK else 1))


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
