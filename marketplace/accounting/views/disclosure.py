"""The disclosure table: what the notes to the accounts say about data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.accounting.presentation import NoteRow, note_rows, note_total
from marketplace.accounting.selectors import disclosed
from marketplace.core import clock
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer

YEARS_BACK = 10


@signed_in
def disclosure(request: HttpRequest) -> HttpResponse:
    """Show the table of a year, or answer it as CSV."""
    year = _year(request)
    rows = note_rows(disclosed(actor(request)), year)
    if request.GET.get("form") == "csv":
        return _csv(rows, year)
    this = clock.today().year
    context = {
        "rows": rows,
        "total": note_total(rows),
        "year": year,
        "years": range(this, this - YEARS_BACK, -1),
    }
    return render(request, "accounting/disclosure.html", context)


def _year(request: HttpRequest) -> int:
    this, asked = clock.today().year, request.GET.get("year", "")
    if not asked.isascii() or not asked.isdigit() or not this - YEARS_BACK < int(asked[:4]) <= this:
        return this
    return int(asked[:4])


def _csv(rows: list[NoteRow], year: int) -> HttpResponse:
    head = (
        *(_("Dataset"), _("Organization"), _("Booked as"), _("Origin"), _("Standard")),
        *(_("Opening"), _("Added"), _("Amortized"), _("Impaired"), _("Closing")),
    )
    return csv_answer(f"data-assets-{year}.csv", (head, *(_line(row) for row in rows)))


def _line(row: NoteRow) -> tuple[object, ...]:
    kept = row.recognition
    return (
        *(kept.dataset.title, kept.organization.name, kept.get_category_display()),
        *(kept.get_origin_display(), kept.profile),
        *(row.opening, row.added, row.amortized, row.impaired, row.closing),
    )
