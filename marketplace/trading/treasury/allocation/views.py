from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core import Actor, visible
from marketplace.trading.orders.settlement.filters import ChargeFilters
from marketplace.trading.orders.settlement.forms import ProposalForm
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.treasury.allocation.choosing import MOST_SHOWN, choices_of, payable_charges
from marketplace.trading.treasury.allocation.forms import AllocateForm, SearchForm
from marketplace.trading.treasury.allocation.rules import acts_on_payment
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import allocations_of, payments_visible_to
from marketplace.trading.treasury.payment.services import confirm_payment, reject_payment
from marketplace.trading.treasury.payout import selectors as payout_selectors
from marketplace.trading.treasury.payout.services import propose_return
from marketplace.trading.treasury.payout.views import lead_to
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def payment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _payment(request, visible(payments_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def payment_allocate(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), AllocateForm(request.POST)
    if form.is_valid():
        done = attempt(form, lambda: allocate_payment(pk, **form.cleaned_data, by=by))
        if done is not None:
            messages.success(request, _("The payment is allocated."))
            return redirect("payment_detail", pk=pk)
    return _payment(request, visible(payments_visible_to(by), pk=pk), allocate=form)


@require_POST
@signed_in
def payment_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a payment that another finance officer recorded."""
    confirm_payment(pk, by=actor(request))
    messages.success(request, _("The payment is booked, and held until acceptance."))
    return redirect("payment_detail", pk=pk)


@require_POST
@signed_in
def payment_reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a recorded payment has not arrived."""
    by, form = actor(request), form_of(reject_payment)(request.POST)
    if form.is_valid():
        done = attempt(form, lambda: reject_payment(pk, **form.cleaned_data, by=by))
        if done is not None:
            messages.success(request, _("The payment is rejected. Its reference is free again."))
            return redirect("payment_detail", pk=pk)
    return _payment(request, visible(payments_visible_to(by), pk=pk), reject=form)


@require_POST
@signed_in
def return_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), ProposalForm(request.POST)
    if form.is_valid():
        proposed = attempt(form, lambda: propose_return(pk, **form.cleaned_data, by=by))
        if proposed is not None:
            return lead_to(request, proposed)
    return _payment(request, visible(payments_visible_to(by), pk=pk), back=form)


def _found(payment: Payment, words: SearchForm, *, by: Actor) -> QuerySet[Charge]:
    """Return the open amounts that somebody looks for by words."""
    asked = words.cleaned_data["q"] if words.is_valid() else ""
    rows = payable_charges(payment.currency, by=by)
    found: QuerySet[Charge] = ChargeFilters({"q": asked}, queryset=rows).qs
    return found[:MOST_SHOWN] if asked else rows.none()


def _payment(
    request: HttpRequest,
    payment: Payment,
    *,
    allocate: AllocateForm | None = None,
    back: ProposalForm | None = None,
    reject: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    allocate, words = allocate or AllocateForm(), SearchForm(request.GET)
    may_choose = acts_on_payment(payment, by)["allocate_payment"]
    back, returning = back or ProposalForm(), payout_selectors.returning(payment)
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
