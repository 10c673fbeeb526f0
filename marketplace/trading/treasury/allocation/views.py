from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.core import Actor
from marketplace.trading.orders.settlement.filters import ChargeFilters
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.treasury.allocation.choosing import MOST_SHOWN, choices_of, payable_charges
from marketplace.trading.treasury.allocation.forms import SearchForm
from marketplace.trading.treasury.allocation.rules import acts_on_payment
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import allocations_of
from marketplace.trading.treasury.payout import selectors as payout_selectors
from marketplace.trading.treasury.payout.services import propose_return
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def _found(payment: Payment, words: SearchForm, *, by: Actor) -> QuerySet[Charge]:
    """Return the open amounts that somebody looks for by words."""
    asked = words.cleaned_data["q"] if words.is_valid() else ""
    rows = payable_charges(payment.currency, by=by)
    found: QuerySet[Charge] = ChargeFilters({"q": asked}, queryset=rows).qs
    return found[:MOST_SHOWN] if asked else rows.none()


def payment_page(
    request: HttpRequest,
    payment: Payment,
    *,
    allocate: ActForm | None = None,
    back: ActForm | None = None,
    reject: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    allocate, words = allocate or form_of(allocate_payment)(), SearchForm(request.GET)
    may_choose = acts_on_payment(payment, by)["allocate_payment"]
    back, returning = back or form_of(propose_return)(), payout_selectors.returning(payment)
    context = {
        "payment": payment,
        "allocate": allocate,
        "chosen": {str(one) for one in allocate["charges"].value() or ()},
        "choices": choices_of([payment], by=by)[payment.pk] if may_choose else (),
        "words": words,
        "others": _found(payment, words, by=by) if may_choose else (),
        "allocations": allocations_of(payment),
        "back": back,
        "returning": returning,
        "reason_form": reject,
        "acts": acts_on_payment(payment, by),
        "timeline": timeline_of(f"payment:{payment.pk}", by=by),
    }
    status = max(form_status(allocate), form_status(back), form_status(reject) if reject else 200)
    return render(request, "trading/treasury/payment.html", context, status=status)
