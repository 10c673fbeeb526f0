"""The finance desk, and accounts with their statements."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core import to_cents, visible
from marketplace.trading.books.models import Account
from marketplace.trading.orders.settlement.selectors import (
    accounts_visible_to,
    credits_visible_to,
    invoices_visible_to,
    open_charges_of,
    sees_all_money,
    totals_by_kind,
)
from marketplace.trading.orders.settlement.tables import AccountTable, ChargeTable, InvoiceTable
from marketplace.trading.treasury.bank.forms import StatementForm
from marketplace.trading.treasury.bank.rules import acts_on_books
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.bank_account.selectors import accounts_without_bank
from marketplace.trading.treasury.closing.selectors import closings_visible_to, waiting_closings
from marketplace.trading.treasury.closing.services import propose_closing
from marketplace.trading.treasury.desk.forms import PeriodForm
from marketplace.trading.treasury.desk.statements import Statement, statement_of
from marketplace.trading.treasury.payment.selectors import waiting_payments
from marketplace.trading.treasury.payment.services import import_statement
from marketplace.trading.treasury.payment.tables import PaymentTable
from marketplace.trading.treasury.payout.rules import acts_on_account
from marketplace.trading.treasury.payout.selectors import waiting_disbursements
from marketplace.trading.treasury.payout.services import propose_payout
from marketplace.trading.treasury.payout.tables import DisbursementTable
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer
from marketplace.web.tables import arranged
from marketplace.web.taking import ActForm, form_of

LONGEST_STATEMENT = 100_000
MOST_ENTRIES_SHOWN = 200
FIRST_ROWS = 5
"""How many rows the desk shows of what has a list of its own."""
STATEMENT_COLUMNS = (
    *("at", "kind", "counter_account", "order", "paper", "amount", "balance"),
    *("currency", "cause"),
)


@require_POST
@signed_in
def statement_import(request: HttpRequest) -> HttpResponse:
    by, form = actor(request), StatementForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["statement"].read()
        done = attempt(form, lambda: import_statement(content=content, by=by))
        if done is not None:
            messages.success(request, _("The statement is kept. This page says what comes next."))
            return redirect("bank_statement", pk=done.pk)
    return desk_page(request, form)


@signed_in
def account_statement_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the statement of an account as CSV: opening balance, movements, closing balance."""
    account = visible(accounts_visible_to(actor(request)), pk=pk)
    since, until = PeriodForm(request.GET).days
    found = statement_of(account, since=since, until=until, most=LONGEST_STATEMENT)
    return csv_answer(f"statement-{account.pk}.csv", _rows(found))


def _rows(found: Statement) -> Iterator[tuple[object, ...]]:
    yield STATEMENT_COLUMNS
    currency = found.account.currency
    yield (found.since or "", "opening", "", "", "", "", to_cents(found.carried), currency, "")
    for one in found.movements:
        yield (
            one.entry.created_at,
            one.entry.kind,
            one.counter.kind,
            one.order_number,
            one.paper,
            to_cents(one.amount),
            to_cents(one.balance),
            currency,
            one.entry.cause,
        )
    yield (found.until or "", "closing", "", "", "", "", to_cents(found.closing), currency, "")


@signed_in
def desk_page(
    request: HttpRequest, form: StatementForm | None = None, close: ActForm | None = None
) -> HttpResponse:
    """Show what stands on the accounts, what is owed, and to the centre what waits."""
    by, form, close = actor(request), form or StatementForm(), close or form_of(propose_closing)()
    is_centre = sees_all_money(by)
    context = {
        "is_centre": is_centre,
        "acts": acts_on_books(by),
        "form": form,
        "close": close,
        "statements": statements_visible_to(by)[:10],
        "waiting_closings": waiting_closings(by)[:10],
        "closings": closings_visible_to(by)[:10],
        "totals": totals_by_kind(by),
        "accounts": arranged(
            request, AccountTable(accounts_visible_to(by), prefix="a-"), rows=FIRST_ROWS
        ),
        "credits": arranged(
            request, AccountTable(credits_visible_to(by), prefix="b-"), rows=FIRST_ROWS
        ),
        "charges": arranged(
            request, ChargeTable(open_charges_of(by), prefix="c-"), rows=FIRST_ROWS
        ),
        "payments": arranged(request, PaymentTable(waiting_payments(by), prefix="p-"), rows=10),
        "disbursements": arranged(
            request,
            DisbursementTable(waiting_disbursements(by), prefix="d-"),
            rows=10,
        ),
        "invoices": arranged(
            request, InvoiceTable(invoices_visible_to(by), prefix="i-"), rows=FIRST_ROWS
        ),
    }
    status = max(form_status(form), form_status(close))
    return render(request, "trading/treasury/desk.html", context, status=status)


def account_page(
    request: HttpRequest, account: Account, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(propose_payout)()
    period = PeriodForm(request.GET)
    since, until = period.days
    context = {
        "account": account,
        "statement": statement_of(account, since=since, until=until, most=MOST_ENTRIES_SHOWN),
        "period": period,
        "form": form,
        "acts": acts_on_account(account, by),
        "needs_bank_account": accounts_without_bank(by).filter(pk=account.pk).exists(),
    }
    return render(request, "trading/treasury/account.html", context, status=form_status(form))
