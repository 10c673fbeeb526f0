"""The bank and the books side by side: a statement, or a day."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import Actor, clock, visible
from marketplace.trading.treasury.allocation.choosing import choices_of
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.rules import acts_on_books, acts_on_statement
from marketplace.trading.treasury.bank.selectors import (
    is_at_bank,
    statements_visible_to,
)
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_match.selectors import bank_matches_visible_to
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import confirm_statement, reject_statement
from marketplace.trading.treasury.payout.selectors import being_returned
from marketplace.trading.treasury.reconciliation.comparing import (
    reconciliation_of_day,
    reconciliation_of_statement,
)
from marketplace.trading.treasury.reconciliation.forms import BankDayForm
from marketplace.trading.treasury.reconciliation.sheet import Finding, Reconciliation
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer
from marketplace.web.taking import ActForm, form_of

MOST_ROWS_SHOWN = 200
MOST_CHOOSING = 20
"""How many payments that wait show beside them what they could be for."""
COLUMNS = (
    *("on", "reference", "at_bank", "in_books", "difference", "currency", "finding", "order"),
    "held",
)


@require_POST
@signed_in
def statement_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a statement that another finance officer imported, and book what came in."""
    done = confirm_statement(pk, by=actor(request))
    said = _(
        "Booked: %(allocated)d allocated, %(unallocated)d to be allocated by hand, %(known)d "
        "known already."
    )
    messages.success(request, said % vars(done))
    return redirect("bank_statement", pk=pk)


def line_page(request: HttpRequest, line: BankLine, form: ActForm) -> HttpResponse:
    """Show the statement of a line again, with what was wrong with what was said of it."""
    return statement_page(request, line.statement, line_form=form)


def statement_page(
    request: HttpRequest,
    statement: BankStatement,
    form: ActForm | None = None,
    line_form: ActForm | None = None,
) -> HttpResponse:
    """Compare an imported statement with the books."""
    by, form = actor(request), form or form_of(reject_statement)()
    context = {
        "statement": statement,
        "line_form": line_form,
        "acts_on_statement": acts_on_statement(statement, by),
        "reason_form": form,
        "is_told": is_at_bank(statement),
        "timeline": timeline_of(f"statement:{statement.pk}", by=by),
        "matches": bank_matches_visible_to(by).filter(line__statement=statement),
        **_context(reconciliation_of_statement(statement), by=by),
    }
    page = "trading/treasury/reconciliation.html"
    return render(request, page, context, status=form_status(line_form or form))


@signed_in
def bank_statement_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    statement = visible(statements_visible_to(actor(request)), pk=pk)
    name = f"{statement.first_on}-{statement.last_on}"
    return _csv(reconciliation_of_statement(statement), name)


@signed_in
def bank_day(request: HttpRequest) -> HttpResponse:
    """Compare a day's bank lines, of whatever statements, with the books."""
    form, by = _day_form(request), actor(request)
    found = reconciliation_of_day(form.chosen, by=by)
    context = {"form": form, "is_told": True, **_context(found, by=by)}
    status = form_status(form)
    return render(request, "trading/treasury/reconciliation.html", context, status=status)


@signed_in
def bank_day_csv(request: HttpRequest) -> HttpResponse:
    day = _day_form(request).chosen
    return _csv(reconciliation_of_day(day, by=actor(request)), day.isoformat())


def _day_form(request: HttpRequest) -> BankDayForm:
    return BankDayForm({"day": request.GET.get("day") or clock.today().isoformat()})


def _context(found: Reconciliation, *, by: Actor) -> dict[str, object]:
    acts = acts_on_books(by)
    waiting = _waiting(found) if acts["keep_books"] else []
    choices = choices_of(waiting, by=by)
    sheets = [
        (
            sheet,
            [
                (row, choices.get(row.payment.pk, []) if row.payment else [])
                for row in sheet.rows[:MOST_ROWS_SHOWN]
            ],
        )
        for sheet in found.sheets
    ]
    return {
        "found": found,
        "sheets": sheets,
        "most": MOST_ROWS_SHOWN,
        "acts": acts,
        "kinds": ItemKind.choices,
    }


def _waiting(found: Reconciliation) -> list[Payment]:
    """Return the first payments that wait to be allocated, of the rows that are shown."""
    waiting = [
        row.payment
        for sheet in found.sheets
        for row in sheet.rows[:MOST_ROWS_SHOWN]
        if row.payment is not None and row.finding == Finding.UNALLOCATED
    ][:MOST_CHOOSING]
    returning = being_returned(waiting)
    return [payment for payment in waiting if payment.pk not in returning]


def _csv(found: Reconciliation, name: str) -> HttpResponse:
    return csv_answer(f"reconciliation-{name}.csv", _rows(found))


def _rows(found: Reconciliation) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for sheet in found.sheets:
        for row in sheet.rows:
            charge = row.payment.charge if row.payment else None
            yield (
                row.on.isoformat(),
                row.reference,
                *(row.at_bank, row.in_books, row.difference),
                row.currency,
                row.finding.value,
                charge.order_id if charge else None,
                row.amount if row.finding == Finding.HELD else None,
            )
