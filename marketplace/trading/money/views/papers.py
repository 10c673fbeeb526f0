"""Payments, outgoing money and invoices."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core.locking import visible
from marketplace.trading.models import Disbursement, InvoiceKind, Payment
from marketplace.trading.money import policies, selectors
from marketplace.trading.money.crediting import corrected_by, corrections_of, reason_of
from marketplace.trading.money.forms import (
    AllocateForm,
    AmountForm,
    ProposalForm,
    ReasonForm,
)
from marketplace.trading.money.references import in_groups
from marketplace.trading.money.services.disbursing import (
    approve_disbursement,
    reject_disbursement,
)
from marketplace.trading.money.services.proposing import (
    propose_refund,
    propose_return,
)
from marketplace.trading.money.services.receiving import allocate_payment
from marketplace.trading.money.states import DisbursementState, PaymentState
from marketplace.trading.money.views.answers import lead_to, may_keep
from marketplace.trading.selectors import orders_visible_to, organization_kind_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


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
    return render(request, "trading/money/refund.html", context, status=form_status(form))


@signed_in
def payment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a payment that came in."""
    return _payment(request, visible(selectors.payments_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def payment_allocate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Allocate a payment."""
    by, form = actor(request), AllocateForm(request.POST)
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        done = attempt(form, lambda: allocate_payment(pk, reference=reference, by=by))
        if done is not None:
            messages.success(request, _("The payment is allocated."))
            return redirect("payment_detail", pk=pk)
    return _payment(request, visible(selectors.payments_visible_to(by), pk=pk), allocate=form)


@require_POST
@signed_in
def return_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to return a payment."""
    by, form = actor(request), ProposalForm(request.POST)
    if form.is_valid():
        proposed = attempt(form, lambda: propose_return(pk, **form.cleaned_data, by=by))
        if proposed is not None:
            return lead_to(request, proposed)
    return _payment(request, visible(selectors.payments_visible_to(by), pk=pk), back=form)


@signed_in
def disbursement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show money that is to go out."""
    by = actor(request)
    return _disbursement(request, visible(selectors.disbursements_visible_to(by), pk=pk))


@require_POST
@signed_in
def disbursement_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let money out."""
    approve_disbursement(pk, by=actor(request))
    messages.success(request, _("Approved and booked."))
    return redirect("disbursement_detail", pk=pk)


@require_POST
@signed_in
def disbursement_reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep money in."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: reject_disbursement(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("Rejected."))
            return redirect("disbursement_detail", pk=pk)
    return _disbursement(request, visible(selectors.disbursements_visible_to(by), pk=pk), form)


@signed_in
def invoice_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an invoice or a credit note, to be printed."""
    invoice = visible(selectors.invoices_visible_to(actor(request)), pk=pk)
    reference = in_groups(invoice.content.get("payment_reference", ""))
    is_credit = invoice.kind == InvoiceKind.CREDIT_NOTE
    context = {
        "invoice": invoice,
        "reason": reason_of(invoice) if is_credit else "",
        "corrects": corrected_by(invoice) if is_credit else [],
        "corrections": [] if is_credit else corrections_of(invoice),
        "content": invoice.content,
        "reference": reference,
        "pay_to": settings.CENTRE["BANK_ACCOUNT"],
        "tax": Decimal(invoice.content["tax_included"]),
    }
    return render(request, "trading/money/invoice.html", context)


def _payment(
    request: HttpRequest,
    payment: Payment,
    *,
    allocate: AllocateForm | None = None,
    back: ProposalForm | None = None,
) -> HttpResponse:
    by = actor(request)
    allocate = allocate or AllocateForm(initial={"reference": payment.claimed_reference})
    back, returning = back or ProposalForm(), selectors.returning(payment)
    waits = payment.state == PaymentState.UNALLOCATED
    is_proposed = returning is not None and returning.state == DisbursementState.PROPOSED
    context = {
        "payment": payment,
        "allocate": allocate,
        "back": back,
        "returning": returning,
        "may_act": waits and not is_proposed and may_keep(by),
        "timeline": timeline_of(f"payment:{payment.pk}", by=by),
    }
    status = max(form_status(allocate), form_status(back))
    return render(request, "trading/money/payment.html", context, status=status)


def _disbursement(
    request: HttpRequest, disbursement: Disbursement, form: ReasonForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or ReasonForm()
    waits = disbursement.state == DisbursementState.PROPOSED
    context = {
        "disbursement": disbursement,
        "reference": in_groups(disbursement.reference),
        "form": form,
        "matches": selectors.bank_matches_visible_to(by).filter(disbursement=disbursement),
        "waits": waits,
        "may_decide": waits
        and policies.may_decide_disbursement(by, organization_kind_of(by))
        and policies.is_second_person(by, disbursement),
        "timeline": timeline_of(f"disbursement:{disbursement.pk}", by=by),
    }
    return render(request, "trading/money/disbursement.html", context, status=form_status(form))
