"""The terms of a claim as pure functions of days, over a calendar and a profile.

Source: 国数综政策〔2026〕35号, articles 17, 25, 26, 28 and 36. A term of working days does
not count its first day; its last day is part of it.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.core.workdays import Calendar, Term, calendar
from marketplace.rights.procedure.profile import Profile, profile


@dataclass(frozen=True)
class Clocks:
    """The clocks of a place: its calendar of working days and its terms."""

    calendar: Calendar
    profile: Profile

    def reply_due(self, submitted: date) -> Term:
        """Return the term to reply to a claim (art. 17)."""
        return self.calendar.term(submitted, self.profile.reply_workdays)

    def accepted_by_silence(self, reply: Term) -> Term:
        """Return the term at whose end a claim without a reply counts as accepted (art. 17)."""
        return self.calendar.term(reply.after, reply.workdays + 1)

    def supplement_due(self, asked: date) -> Term:
        """Return the term to complete a claim; the registry sets it."""
        return self.calendar.term(asked, self.profile.supplement_workdays)

    def decision_due(self, accepted: date) -> Term:
        """Return the term to finish a claim (art. 28)."""
        return self.calendar.term(accepted, self.profile.decision_workdays)

    def extended(self, decision: Term) -> Term:
        """Return the term of the decision after its one extension (art. 28)."""
        return self.calendar.term(
            decision.after, decision.workdays + self.profile.extension_workdays
        )

    def notice(self, first: date) -> Term:
        # Counted after the day before, the first day counts where it is one of work.
        after = first - timedelta(days=self.profile.notice_counts_first_day)
        return self.calendar.term(after, self.profile.notice_workdays)

    def objection_due(self, received: date) -> Term:
        """Return the term to investigate an objection (art. 25)."""
        return self.calendar.term(received, self.profile.objection_workdays)

    def objection_notice_due(self, received: date) -> Term:
        """Return the term to notify a holder of an objection to a certified right."""
        return self.calendar.term(received, self.profile.objection_notice_workdays)

    def days_left(self, today: date, due: date) -> int:
        """Count the working days after today up to the last day of a term: what a stop keeps."""
        days = (due - today).days
        return sum(
            self.calendar.is_workday(today + timedelta(days=number))
            for number in range(1, days + 1)
        )

    def resumed(self, today: date, days_left: int) -> Term:
        """Return the term that stood still until today."""
        return self.calendar.term(today, days_left)

    def expiry(self, deposited: date, years: int) -> date:
        """Return the last day on which a right is confirmed (art. 26)."""
        return _months_later(deposited, 12 * years)

    def renewal_window(self, expiry: date) -> tuple[date, date]:
        """Return the first and last day on which a renewal may be asked for (art. 36)."""
        return _months_later(expiry, -self.profile.renewal_months), expiry - timedelta(days=1)


def clocks(procedure: str = "") -> Clocks:
    """Return the clocks of a procedure, over the calendar of the centre's jurisdiction."""
    return Clocks(calendar(), profile(procedure))


def _months_later(day: date, count: int) -> date:
    """Return the same day of the month some months later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
