"""Last days that are counted in working days, and kept with what they were counted from.

As long as a year that a term touches is not in the calendar, its last day is provisional: it is
shown as such, nothing follows from it, and it is counted anew once the calendar is there. Nobody's
right ends by a day that nobody could know.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import clock, workdays
from marketplace.core.workdays import Term


class HasTerms(models.Model):
    """A record with last days. `provisional` keeps, by field, after which day how many count."""

    provisional = models.JSONField(
        gettext_lazy("last days that are provisional"), default=dict, blank=True, editable=False
    )

    class Meta:
        abstract = True

    @property
    def provisional_terms(self) -> list[str]:
        """The fields whose last day is provisional."""
        return sorted(name for name in self.provisional if getattr(self, name) is not None)


@dataclass(frozen=True)
class Settled:
    """A provisional last day that became final, as it was and as it is."""

    field: str
    before: date
    last_day: date


def keep_term(record: HasTerms, field: str, term: Term) -> None:
    """Put the last day of a term in a field; the caller saves it and `provisional`."""
    setattr(record, field, term.last_day)
    others = {name: kept for name, kept in record.provisional.items() if name != field}
    counted = [term.after.isoformat(), term.workdays]
    record.provisional = others | ({field: counted} if term.is_provisional else {})


def running_term(record: HasTerms, field: str) -> Term | None:
    """Return the term of a field; a provisional one as the calendar counts it now."""
    last_day: date | None = getattr(record, field)
    if last_day is None:
        return None
    if field not in record.provisional:
        return Term(after=last_day, workdays=0, last_day=last_day, is_provisional=False)
    after, count = record.provisional[field]
    return workdays.calendar().term(date.fromisoformat(after), count)


def has_passed(record: HasTerms, field: str) -> bool:
    """Return whether a term is over: never by a last day that is provisional."""
    term = running_term(record, field)
    return term is not None and not term.is_provisional and clock.today() > term.last_day


def can_settle(record: HasTerms) -> bool:
    """Return whether the calendar knows the last day of a provisional term now."""
    terms = [running_term(record, field) for field in record.provisional_terms]
    return any(term is not None and not term.is_provisional for term in terms)


def settle_terms(record: HasTerms, *, running: Collection[str]) -> list[Settled]:
    """Put final last days in place of the provisional ones that the calendar knows now.

    A term that runs no more keeps its last day, and loses the mark. The caller has locked the
    record, and saves it.
    """
    settled = []
    for field in record.provisional_terms:
        term = running_term(record, field)
        if term is None or term.is_provisional:
            continue
        before: date = getattr(record, field)
        if field in running:
            settled.append(Settled(field, before, term.last_day))
            keep_term(record, field, term)
        else:
            keep_term(record, field, Term(before, 0, before, is_provisional=False))
    return settled


def is_provisional_day(day: date) -> bool:
    """Return whether a term that ends on a day is provisional."""
    return workdays.calendar().term(day, 0).is_provisional


def last_day_shown(record: HasTerms, field: str, style: str = "DATE_FORMAT") -> str:
    """Return the last day of a term as people read it, marked where it is provisional."""
    day: date | None = getattr(record, field)
    if day is None:
        return ""
    return marked(date_format(day, style), is_provisional=field in record.provisional)


def marked(day: str, *, is_provisional: bool) -> str:
    return _("%(day)s (provisional)") % {"day": day} if is_provisional else day
