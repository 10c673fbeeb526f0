"""Working days over a calendar that is data: holidays and make-up days of a jurisdiction.

A calendar names the years that it knows. A term that reaches beyond them is counted by weekends,
and is provisional until a calendar of those years is there: one that ships, or one that is laid
over it by a file in the folder of `CENTRE_CALENDARS`. A file there counts once it is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

CALENDARS = Path(__file__).parent / "calendars"
SATURDAY = 5
LISTS = frozenset({"years", "holidays", "makeup_workdays"})

Version = tuple[Path, int, int]
"""A file, when it was changed last in nanoseconds, and its size."""


@dataclass(frozen=True)
class Term:
    """A term of working days after a day; while `is_provisional` a calendar may move its end."""

    after: date
    workdays: int
    last_day: date
    is_provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The days on which a place does not work although it is a weekday, and the reverse.

    `years` are those whose days were published. What lies before the first of them is past, and
    counts as known.
    """

    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Return whether the place works on that day."""
        if day in self.makeup_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_workdays(self, day: date, count: int) -> date:
        """Return the last day of a term of `count` working days; the first day does not count."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def term(self, after: date, workdays: int) -> Term:
        """Count a term; it is provisional where a year that it touches is not known."""
        last_day = self.add_workdays(after, workdays)
        touched = range(after.year, last_day.year + 1)
        first = min(self.years, default=date.min.year)
        unknown = any(year >= first and year not in self.years for year in touched)
        return Term(after, workdays, last_day, unknown)

    @property
    def known_until(self) -> date | None:
        """The last day of the years that are known without a gap; None where none is."""
        if not self.years:
            return None
        year = min(self.years)
        while year + 1 in self.years:
            year += 1
        return date(year, 12, 31)

    def laid_over(self, other: Calendar) -> Calendar:
        """Return this calendar with the years of another in place of its own."""
        return Calendar(
            holidays=other.holidays | _outside(self.holidays, other.years),
            makeup_days=other.makeup_days | _outside(self.makeup_days, other.years),
            years=self.years | other.years,
        )


class BrokenCalendar(Exception):
    """A file is no calendar. The sentence says what is wrong, and where."""


def calendar(jurisdiction: str = "") -> Calendar:
    """Return the calendar of a jurisdiction as it stands now; the centre's when none is named.

    A file of the folder that is broken counts as not there: its years stay provisional, and the
    system check reports it.
    """
    return _merged(_shipped(jurisdiction), _laid_over(jurisdiction))


def faults_of_calendars() -> list[str]:
    """Say in a sentence each what is wrong with the files that are laid over."""
    faults = []
    folder = str(settings.CENTRE["CALENDARS"])
    if folder and not Path(folder).is_dir():
        faults.append(f"CENTRE_CALENDARS names {folder}, which is no folder.")
    for path, _changed, _size in _laid_over(""):
        try:
            read_calendar(path)
        except BrokenCalendar as fault:
            faults.append(str(fault))
    return faults


def read_calendar(path: Path) -> Calendar:
    """Read a file of the documented format.

    Raises:
        BrokenCalendar: it cannot be read, or says what cannot be so.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as reason:
        raise BrokenCalendar(f"{path} cannot be read as JSON: {reason}") from None
    if not isinstance(data, dict) or not all(isinstance(data.get(each), list) for each in LISTS):
        raise BrokenCalendar(f"{path} needs the lists {', '.join(sorted(LISTS))}.")
    years = frozenset(
        year for year in data["years"] if type(year) is int and 1 < year < date.max.year
    )
    if not years or len(years) != len(data["years"]):
        raise BrokenCalendar(f"{path}: `years` has to list each year once, such as [2027].")
    holidays, makeup = (
        frozenset(_days(path, data, each)) for each in ("holidays", "makeup_workdays")
    )
    for day in sorted(holidays | makeup):
        if day.year not in years:
            raise BrokenCalendar(f"{path} names {day}, a day of a year that is not in its `years`.")
    for day in sorted(holidays & makeup):
        raise BrokenCalendar(f"{path} names {day} as a holiday and as a day of work.")
    return Calendar(holidays=holidays, makeup_days=makeup, years=years)


def _days(path: Path, data: dict[str, Any], name: str) -> Iterator[date]:
    for day in data[name]:
        try:
            yield date.fromisoformat(day)
        except (TypeError, ValueError):
            raise BrokenCalendar(
                f"{path}: {day!r} in `{name}` is no day. Write it as 2027-02-08."
            ) from None


def _shipped(jurisdiction: str) -> Path:
    return CALENDARS / f"{jurisdiction or settings.CENTRE['JURISDICTION']}.json"


def _laid_over(jurisdiction: str) -> tuple[Version, ...]:
    """Return the files that are laid over the calendar of a jurisdiction, in order of name."""
    folder = str(settings.CENTRE["CALENDARS"])
    name = jurisdiction or str(settings.CENTRE["JURISDICTION"])
    found = []
    for path in sorted(Path(folder).glob(f"{name}-*.json")) if folder else ():
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(found)


@lru_cache(maxsize=16)
def _merged(shipped: Path, laid_over: tuple[Version, ...]) -> Calendar:
    merged = read_calendar(shipped)
    for path, _changed, _size in laid_over:
        try:
            merged = merged.laid_over(read_calendar(path))
        except BrokenCalendar:
            continue
    return merged


def _outside(days: frozenset[date], years: frozenset[int]) -> frozenset[date]:
    return frozenset(day for day in days if day.year not in years)
