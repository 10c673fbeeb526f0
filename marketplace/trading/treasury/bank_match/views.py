from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.timeline import timeline_of
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.rules import acts_on_match
from marketplace.trading.treasury.bank_match.services import (
    withdraw_match,
)
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


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
