"""Working days over a calendar that is data: holidays and make-up days of a jurisdiction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

CALENDARS = Path(__file__).parent / "calendars"
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days on which a place does not work although it is a weekday, and the reverse."""

    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Tell whether the place works on that day."""
        if day in self.makeup_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_workdays(self, day: date, count: int) -> date:
        """Answer the last day of a term of `count` working days; the first day does not count."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day


@cache
def calendar(jurisdiction: str = "") -> Calendar:
    """Load the calendar of a jurisdiction; the centre's own when none is named."""
    path = CALENDARS / f"{jurisdiction or settings.CENTRE['JURISDICTION']}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Calendar(
        holidays=frozenset(date.fromisoformat(day) for day in data["holidays"]),
        makeup_days=frozenset(date.fromisoformat(day) for day in data["makeup_workdays"]),
    )
