"""The terms of a claim as pure functions of days, over a calendar and a profile.

Source: 国数综政策〔2026〕35号, articles 17, 25, 26, 28 and 36. A term of working days does
not count its first day; its last day is part of it.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.core.workdays import Calendar, calendar
from marketplace.rights.profile import Profile, profile


@dataclass(frozen=True)
class Clocks:
    """The clocks of a place: its calendar of working days and its terms."""

    calendar: Calendar
    profile: Profile

    def reply_due(self, submitted: date) -> date:
        """Answer the last day to reply to a claim (art. 17)."""
        return self.calendar.add_workdays(submitted, self.profile.reply_workdays)

    def accepted_by_silence(self, reply_due: date) -> date:
        """Answer the working day on which a claim without a reply counts as accepted (art. 17)."""
        return self.calendar.add_workdays(reply_due, 1)

    def supplement_due(self, asked: date) -> date:
        """Answer the last day to complete a claim; the registry sets the term."""
        return self.calendar.add_workdays(asked, self.profile.supplement_workdays)

    def decision_due(self, accepted: date) -> date:
        """Answer the last day to finish a claim (art. 28)."""
        return self.calendar.add_workdays(accepted, self.profile.decision_workdays)

    def extended(self, decision_due: date) -> date:
        """Answer the last day after the one extension (art. 28)."""
        return self.calendar.add_workdays(decision_due, self.profile.extension_workdays)

    def notice_until(self, first: date) -> date:
        """Answer the last day of a public notice that begins on a day."""
        counted = self.profile.notice_counts_first_day and self.calendar.is_workday(first)
        return self.calendar.add_workdays(first, self.profile.notice_workdays - counted)

    def objection_due(self, received: date) -> date:
        """Answer the last day to investigate an objection (art. 25)."""
        return self.calendar.add_workdays(received, self.profile.objection_workdays)

    def days_left(self, today: date, due: date) -> int:
        """Count the working days after today up to the last day of a term: what a stop keeps."""
        days = (due - today).days
        return sum(
            self.calendar.is_workday(today + timedelta(days=number))
            for number in range(1, days + 1)
        )

    def resumed(self, today: date, days_left: int) -> date:
        """Answer the new last day of a term that stood still until today."""
        return self.calendar.add_workdays(today, days_left)

    def expiry(self, deposited: date, years: int) -> date:
        """Answer the last day on which a right is confirmed (art. 26)."""
        return _months_later(deposited, 12 * years)

    def renewal_window(self, expiry: date) -> tuple[date, date]:
        """Answer the first and last day on which a renewal may be asked for (art. 36)."""
        return _months_later(expiry, -self.profile.renewal_months), expiry - timedelta(days=1)


def clocks(procedure: str = "") -> Clocks:
    """Answer the clocks of a procedure, over the calendar of the centre's jurisdiction."""
    return Clocks(calendar(), profile(procedure))


def _months_later(day: date, count: int) -> date:
    """Answer the same day of the month some months later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
