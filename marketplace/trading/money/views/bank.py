"""The bank and the books side by side: a statement, or a day."""

from __future__ import annotations

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.selectors import timeline_of
from marketplace.core import clock
from marketplace.core.locking import visible
from marketplace.trading.money.bank_sheet import Reconciliation
from marketplace.trading.money.forms import BankDayForm
from marketplace.trading.money.reconciling import (
    reconciliation_of_day,
    reconciliation_of_statement,
    statements_visible_to,
)
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor

MOST_ROWS_SHOWN = 200
COLUMNS = ("on", "reference", "at_bank", "in_books", "difference", "currency", "finding", "order")


@signed_in
def bank_statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compare an imported statement with the books."""
    by = actor(request)
    statement = visible(statements_visible_to(by), pk=pk)
    context = {
        "statement": statement,
        "timeline": timeline_of(f"statement:{statement.sha256}", by=by),
        **_context(reconciliation_of_statement(statement)),
    }
    return render(request, "trading/money/reconciliation.html", context)


@signed_in
def bank_statement_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give every row of a compared statement as CSV."""
    statement = visible(statements_visible_to(actor(request)), pk=pk)
    name = f"{statement.first_on}-{statement.last_on}"
    return _csv(reconciliation_of_statement(statement), name)


@signed_in
def bank_day(request: HttpRequest) -> HttpResponse:
    """Compare a day's bank lines, of whatever statements, with the books."""
    form = _day_form(request)
    context = {"form": form, **_context(reconciliation_of_day(form.chosen, by=actor(request)))}
    status = form_status(form)
    return render(request, "trading/money/reconciliation.html", context, status=status)


@signed_in
def bank_day_csv(request: HttpRequest) -> HttpResponse:
    """Give every row of a compared day as CSV."""
    day = _day_form(request).chosen
    return _csv(reconciliation_of_day(day, by=actor(request)), day.isoformat())


def _day_form(request: HttpRequest) -> BankDayForm:
    return BankDayForm({"day": request.GET.get("day") or clock.today().isoformat()})


def _context(found: Reconciliation) -> dict[str, object]:
    sheets = [(sheet, sheet.rows[:MOST_ROWS_SHOWN]) for sheet in found.sheets]
    return {"found": found, "sheets": sheets, "most": MOST_ROWS_SHOWN}


def _csv(found: Reconciliation, name: str) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reconciliation-{name}.csv"'
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for sheet in found.sheets:
        for row in sheet.rows:
            charge = row.payment.charge if row.payment else None
            amounts = (row.at_bank, row.in_books, row.difference)
            writer.writerow(
                (
                    row.on.isoformat(),
                    row.reference,
                    *("" if amount is None else amount for amount in amounts),
                    row.currency,
                    row.finding.value,
                    charge.order_id if charge else "",
                )
            )
    return answer
