from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core import visible
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.forms import AmountForm
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.trading.treasury.bank_account.selectors import shown_account
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import acts_on_disbursement
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to, fee_papers_of
from marketplace.trading.treasury.payout.services import (
    propose_refund,
    reject_disbursement,
)
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@require_POST
@signed_in
def refund_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to give a buyer money of an order back."""
    by, form = actor(request), AmountForm(request.POST)
    order = visible(orders_visible_to(by), pk=pk)
    if form.is_valid():
        proposed = attempt(form, lambda: propose_refund(pk, **form.cleaned_data, by=by))
        if proposed is not None:
            return lead_to(request, proposed)
    context = {"order": order, "form": form}
    return render(request, "trading/treasury/refund.html", context, status=form_status(form))


@signed_in
def disbursement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    return disbursement_page(request, visible(disbursements_visible_to(by), pk=pk))


def disbursement_page(
    request: HttpRequest, disbursement: Disbursement, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(reject_disbursement)()
    account = disbursement.bank_account
    target = None if account is None else shown_account(account)
    context = {
        "disbursement": disbursement,
        "reference": in_groups(disbursement.reference),
        "form": form,
        "target": target,
        "is_altered": target is not None and not target.is_as_proved,
        "fee_papers": fee_papers_of(disbursement),
        "matches": disbursement.matches.select_related("line"),
        "acts": acts_on_disbursement(disbursement, by),
        "timeline": timeline_of(f"disbursement:{disbursement.pk}", by=by),
    }
    return render(request, "trading/treasury/disbursement.html", context, status=form_status(form))


def lead_to(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    messages.success(request, _("Proposed. A second person decides."))
    return redirect("disbursement_detail", pk=disbursement.pk)
