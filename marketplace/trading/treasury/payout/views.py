from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.trading.treasury.bank_account.selectors import shown_account
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import acts_on_disbursement
from marketplace.trading.treasury.payout.selectors import fee_papers_of
from marketplace.trading.treasury.payout.services import (
    reject_disbursement,
)
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def refund_page(request: HttpRequest, order: Order, form: ActForm) -> HttpResponse:
    context = {"order": order, "form": form}
    return render(request, "trading/treasury/refund.html", context, status=form_status(form))


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
