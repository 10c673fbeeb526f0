"""A line of the bank's own: what somebody says it is, and who books it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import names_of, timeline_of
from marketplace.core import visible
from marketplace.trading.treasury.bank.views import back_to_statement
from marketplace.trading.treasury.bank_item.forms import ItemForm
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.rules import acts_on_bank_item
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.bank_item.services import propose_bank_item, reject_bank_item
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@require_POST
@signed_in
def bank_item_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a line of the bank's own is."""
    by, form = actor(request), ItemForm(request.POST)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        proposed = attempt(form, lambda: propose_bank_item(pk, kind=kind, by=by))
        if proposed is not None:
            messages.success(request, _("The line waits for a second finance officer."))
            return redirect("bank_item_detail", pk=proposed.pk)
    return back_to_statement(request, pk, form)


@signed_in
def bank_item_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return bank_item_page(request, visible(bank_items_visible_to(actor(request)), pk=pk))


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
