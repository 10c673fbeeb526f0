"""A line that may be told already: which line it is alike to, and what people say of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.timeline import timeline_of
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.rules import acts_on_held_line
from marketplace.trading.treasury.held_line.services import reject_held_line
from marketplace.web.bounded import forms
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


def held_line_page(
    request: HttpRequest, held: HeldLine, form: forms.Form | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(reject_held_line)()
    people = [held.proposed_by_id, held.confirmed_by_id]
    names = names_of([person for person in people if person is not None])
    context = {
        "held": held,
        "proposed_by": names.get(held.proposed_by_id, "") if held.proposed_by_id else "",
        "confirmed_by": names.get(held.confirmed_by_id, "") if held.confirmed_by_id else "",
        "acts": acts_on_held_line(held, by),
        "reason_form": form,
        "timeline": timeline_of(f"held_line:{held.pk}", by=by),
    }
    return render(request, "trading/treasury/held_line.html", context, status=form_status(form))
