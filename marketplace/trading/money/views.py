"""The pages of money: the finance desk, accounts with their statements, payments, invoices."""

from __future__ import annotations

import csv
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.models import Account, Disbursement, Payment
from marketplace.trading.money import policies, selectors, tables
from marketplace.trading.money.forms import (
    AllocateForm,
    AmountForm,
    ProposalForm,
    RejectForm,
    StatementForm,
)
from marketplace.trading.money.references import in_groups
from marketplace.trading.money.services.disbursing import (
    approve_disbursement,
    reject_disbursement,
)
from marketplace.trading.money.services.proposing import (
    PAYABLE,
    propose_payout,
    propose_refund,
    propose_return,
)
from marketplace.trading.money.services.receiving import allocate_payment, import_statement
from marketplace.trading.money.states import DisbursementState, PaymentState
from marketplace.trading.selectors import orders_visible_to, organization_kind_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged

LONGEST_STATEMENT = 100_000


@signed_in
def money_desk(request: HttpRequest) -> HttpResponse:
    """Show what stands on the accounts, what is owed, and to the centre what waits."""
    return _desk(request)


@require_POST
@signed_in
def statement_import(request: HttpRequest) -> HttpResponse:
    """Import a bank statement."""
    by, form = actor(request), StatementForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["statement"].read()
        done = attempt(form, lambda: import_statement(content=content, by=by))
        if done is not None:
            said = _(
                "Imported: %(allocated)d allocated, %(unallocated)d to be allocated by hand, "
                "%(known)d known already."
            )
            messages.success(request, said % vars(done))
            return redirect("money_desk")
    return _desk(request, form)


@signed_in
def account_statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what moved on an account."""
    return _account(request, visible(selectors.accounts_visible_to(actor(request)), pk=pk))


@signed_in
def account_statement_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what moved on an account as CSV, newest first."""
    account = visible(selectors.accounts_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="statement-{account.pk}.csv"'
    writer = csv.writer(answer)
    writer.writerow(("at", "kind", "order", "amount", "currency", "cause"))
    for entry in selectors.entries_of(account)[:LONGEST_STATEMENT]:
        writer.writerow(
            (
                entry.created_at.isoformat(),
                entry.kind,
                entry.order_id or "",
                selectors.signed_amount(entry, account),
                entry.currency,
                entry.cause,
            )
        )
    return answer


@require_POST
@signed_in
def payout_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to pay money of an account out."""
    by, form = actor(request), AmountForm(request.POST)
    if form.is_valid():
        proposed = attempt(form, lambda: propose_payout(pk, **form.cleaned_data, by=by))
        if proposed is not None:
            return _proposed(request, proposed)
    return _account(request, visible(selectors.accounts_visible_to(by), pk=pk), form)


@require_POST
@signed_in
def refund_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to give a buyer money of an order back."""
    by, form = actor(request), AmountForm(request.POST)
    order = visible(orders_visible_to(by), pk=pk)
    if form.is_valid():
        proposed = attempt(form, lambda: propose_refund(pk, **form.cleaned_data, by=by))
        if proposed is not None:
            return _proposed(request, proposed)
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
            return _proposed(request, proposed)
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
    by, form = actor(request), RejectForm(request.POST)
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
    context = {"invoice": invoice, "content": invoice.content, "reference": reference}
    return render(request, "trading/money/invoice.html", context)


def _desk(request: HttpRequest, form: StatementForm | None = None) -> HttpResponse:
    by, form = actor(request), form or StatementForm()
    is_centre = selectors.sees_all_money(by)
    context = {
        "is_centre": is_centre,
        "may_keep": _may_keep(by),
        "form": form,
        "totals": selectors.totals_by_kind(by),
        "accounts": arranged(
            request, tables.AccountTable(selectors.accounts_visible_to(by), prefix="a-"), rows=10
        ),
        "charges": arranged(
            request, tables.ChargeTable(selectors.open_charges_of(by), prefix="c-"), rows=10
        ),
        "payments": arranged(
            request, tables.PaymentTable(selectors.unallocated_payments(by), prefix="p-"), rows=10
        ),
        "disbursements": arranged(
            request,
            tables.DisbursementTable(selectors.waiting_disbursements(by), prefix="d-"),
            rows=10,
        ),
        "invoices": arranged(
            request, tables.InvoiceTable(selectors.invoices_visible_to(by), prefix="i-"), rows=10
        ),
    }
    return render(request, "trading/money/desk.html", context, status=form_status(form))


def _account(
    request: HttpRequest, account: Account, form: AmountForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or AmountForm()
    entries = [
        (entry, selectors.signed_amount(entry, account))
        for entry in selectors.entries_of(account)[:200]
    ]
    context = {
        "account": account,
        "entries": entries,
        "form": form,
        "may_pay_out": _may_keep(by) and account.kind in PAYABLE and account.balance > 0,
    }
    return render(request, "trading/money/account.html", context, status=form_status(form))


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
        "may_act": waits and not is_proposed and _may_keep(by),
        "timeline": timeline_of(f"payment:{payment.pk}", by=by),
    }
    status = max(form_status(allocate), form_status(back))
    return render(request, "trading/money/payment.html", context, status=status)


def _disbursement(
    request: HttpRequest, disbursement: Disbursement, form: RejectForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or RejectForm()
    waits = disbursement.state == DisbursementState.PROPOSED
    context = {
        "disbursement": disbursement,
        "form": form,
        "waits": waits,
        "may_decide": waits
        and policies.may_decide_disbursement(by, organization_kind_of(by))
        and policies.is_second_person(by, disbursement),
        "timeline": timeline_of(f"disbursement:{disbursement.pk}", by=by),
    }
    return render(request, "trading/money/disbursement.html", context, status=form_status(form))


def _proposed(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    messages.success(request, _("Proposed. A second person decides."))
    return redirect("disbursement_detail", pk=disbursement.pk)


def _may_keep(by: Actor) -> bool:
    return policies.may_keep_books(by, organization_kind_of(by))
