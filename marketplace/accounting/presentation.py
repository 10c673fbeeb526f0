"""What the pages and answers show of a decision: its answers in words, its schedule, its notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.accounting.models import Category, Origin, Recognition
from marketplace.accounting.selectors import booked, losses_of, stale_vouchers
from marketplace.accounting.standards.figures import ZERO, cents
from marketplace.accounting.standards.profiles import Profile, profile_named
from marketplace.accounting.standards.questions import questions_of
from marketplace.accounting.standards.schedule import CalendarYear, by_year
from marketplace.accounting.states import RecognitionState
from marketplace.web.charts import lines


@dataclass(frozen=True)
class Answered:
    text: str
    met: bool
    evidence: str


def answered(recognition: Recognition, profile: Profile) -> list[Answered]:
    asked = questions_of(profile, is_developed=recognition.origin == Origin.SELF_DEVELOPED)
    return [
        Answered(
            question.text,
            bool(recognition.answers.get(question.code, {}).get("met")),
            str(recognition.answers.get(question.code, {}).get("evidence", "")),
        )
        for question in asked
    ]


def schedule_of(recognition: Recognition) -> list[CalendarYear]:
    """Return each year in cents, for a decision that books an asset."""
    if recognition.category == Category.DISCLOSED_ONLY:
        return []
    return [
        CalendarYear(
            year.year,
            cents(year.opening),
            cents(year.amortized),
            cents(year.impaired),
            cents(year.closing),
        )
        for year in by_year(booked(recognition), losses_of(recognition))
    ]


def shown(recognition: Recognition) -> dict[str, Any]:
    profile = profile_named(recognition.profile)
    schedule = schedule_of(recognition)
    points = [(str(year.year), year.closing) for year in schedule]
    return {
        "recognition": recognition,
        "standard": profile,
        "standard_title": profile.title_in(get_language()),
        "answered": answered(recognition, profile),
        "schedule": schedule,
        "chart": lines(points, title=_("Carrying amount at the end of each year")),
        "impairments": recognition.impairments.all(),
        "entries": recognition.entries.order_by("incurred_on", "created_at"),
    }


@dataclass(frozen=True)
class NoteRow:
    """A row of the disclosure table: how an asset's carrying amount moved in a year, in cents."""

    recognition: Recognition
    opening: Decimal
    added: Decimal
    amortized: Decimal
    impaired: Decimal
    closing: Decimal


def note_rows(recognitions: Iterable[Recognition], year: int) -> list[NoteRow]:
    """Return the disclosure table of a year; what is disclosed only stands in it with zeros."""
    return [_note(recognition, year) for recognition in recognitions]


def note_total(rows: Iterable[NoteRow]) -> dict[str, Decimal]:
    kept = list(rows)
    names = ("opening", "added", "amortized", "impaired", "closing")
    return {name: sum((getattr(row, name) for row in kept), ZERO) for name in names}


def _note(recognition: Recognition, year: int) -> NoteRow:
    starts = recognition.ready_on.year
    if recognition.category == Category.DISCLOSED_ONLY or year < starts:
        return NoteRow(recognition, ZERO, ZERO, ZERO, ZERO, ZERO)
    losses = [loss for loss in losses_of(recognition) if loss.on <= date(year, 12, 31)]
    found = by_year(booked(recognition), losses, until=year)[-1]
    opening, added = (ZERO, found.opening) if year == starts else (found.opening, ZERO)
    figures = (opening, added, found.amortized, found.impaired, found.closing)
    return NoteRow(recognition, *(cents(figure) for figure in figures))


def is_outdated(recognition: Recognition) -> bool:
    """Return whether other vouchers stand than those that a decision in force counted."""
    return recognition.state == RecognitionState.IN_FORCE and stale_vouchers(recognition)
