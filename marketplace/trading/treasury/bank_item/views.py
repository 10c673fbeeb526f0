"""A line of the bank's own: what somebody says it is, and who books it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.timeline import timeline_of
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.rules import acts_on_bank_item
from marketplace.trading.treasury.bank_item.services import reject_bank_item
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def bank_item_page(
    request: HttpRequest, item: BankItem, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(reject_bank_item)()
    people = {
        "proposed_by": item.proposed_by_id,
        "confirmed_by": item.confirmed_by_id,
        "reversal_by": item.reversal_by_id,
        "reversed_by": item.reversed_by_id,
    }
    names = names_of([person for person in people.values() if person is not None])
    context = {
        "item": item,
        **{step: names.get(person, "") if person else "" for step, person in people.items()},
        "acts": acts_on_bank_item(item, by),
        "reason_form": form,
        "timeline": timeline_of(f"bank_item:{item.pk}", by=by),
    }
    return render(request, "trading/treasury/bank_item.html", context, status=form_status(form))
