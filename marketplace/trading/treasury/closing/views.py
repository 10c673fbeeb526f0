"""A day that is proposed to be closed, or closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.trading.treasury.closing.models import ClosingProposal
from marketplace.trading.treasury.closing.rules import acts_on_closing
from marketplace.trading.treasury.closing.selectors import (
    closed_accounts,
)
from marketplace.trading.treasury.closing.services import reject_closing
from marketplace.trading.treasury.held_line.selectors import held_until
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def closing_page(
    request: HttpRequest, closing: ClosingProposal, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(reject_closing)()
    context = {
        "closing": closing,
        "acts": acts_on_closing(closing, by),
        "reason_form": form,
        "accounts": closed_accounts(closing),
        "held": held_until(closing.day).count(),
        "timeline": timeline_of(f"closing:{closing.pk}", by=by),
    }
    page = "trading/treasury/closing.html"
    return render(request, page, context, status=form_status(form))
