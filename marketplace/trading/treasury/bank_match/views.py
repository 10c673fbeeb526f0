from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import names_of, timeline_of
from marketplace.core import visible
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to
from marketplace.trading.treasury.bank_match.forms import MatchForm
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.rules import acts_on_match
from marketplace.trading.treasury.bank_match.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank_match.services import (
    confirm_match,
    decline_match,
    withdraw_match,
)
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@require_POST
@signed_in
def match_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a bank line is the money that went out."""
    by, form = actor(request), MatchForm(request.POST)
    if form.is_valid():
        money = form.cleaned_data["disbursement"]
        if attempt(form, lambda: confirm_match(pk, disbursement_id=money, by=by)) is not None:
            messages.success(request, _("Confirmed: the line is this outgoing money."))
    return back_to_statement(request, pk, form)


@require_POST
@signed_in
def match_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a bank line is other money."""
    by, form = actor(request), MatchForm(request.POST)
    if form.is_valid():
        money = form.cleaned_data["disbursement"]
        if attempt(form, lambda: decline_match(pk, disbursement_id=money, by=by)) is not None:
            messages.success(request, _("Declined: the line is other money."))
    return back_to_statement(request, pk, form)


@signed_in
def match_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was said of a bank line."""
    return match_page(request, visible(bank_matches_visible_to(actor(request)), pk=pk))


def back_to_statement(request: HttpRequest, pk: UUID, form: BaseForm) -> HttpResponse:
    """Go back to the statement of a line, and say there what was wrong."""
    line = visible(bank_lines_visible_to(actor(request)), pk=pk)
    for sentences in form.errors.values():
        for sentence in sentences:
            messages.error(request, str(sentence))
    return redirect("bank_statement", pk=line.statement_id)


def match_page(request: HttpRequest, match: BankMatch, form: ActForm | None = None) -> HttpResponse:
    by, form = actor(request), form or form_of(withdraw_match)()
    context = {
        "match": match,
        "said_by": names_of([match.said_by_id]).get(match.said_by_id, ""),
        "form": form,
        "acts": acts_on_match(match, by),
        "timeline": timeline_of(f"bank-match:{match.pk}", by=by),
    }
    return render(request, "trading/treasury/match.html", context, status=form_status(form))
