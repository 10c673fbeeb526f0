from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.accounts.timeline import timeline_of
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.trading.treasury.bank_account.filters import BankAccountFilters
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.rules import acts_on_bank_account
from marketplace.trading.treasury.bank_account.selectors import (
    KEEPERS,
    account_in_force,
    bank_accounts_visible_to,
    transfer_of_proof,
)
from marketplace.trading.treasury.bank_account.services import (
    state_bank_account,
    withdraw_bank_account,
)
from marketplace.trading.treasury.bank_account.tables import BankAccountTable
from marketplace.web.lists import list_page
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def accounts_page(
    request: HttpRequest, pk: UUID | None = None, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(state_bank_account)()
    context = {
        "form": form,
        "organization_id": by.organization_id if by.has(*KEEPERS) else None,
    }
    return list_page(
        request,
        "trading/treasury/bank_account_list.html",
        BankAccountTable,
        bank_accounts_visible_to(by),
        filters=BankAccountFilters,
        context=context,
        status=form_status(form),
    )


def account_page(
    request: HttpRequest, account: BankAccount, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(withdraw_bank_account)()
    current = account_in_force(account.organization_id, account.currency)
    context = {
        "account": account,
        "is_current": current is not None and current.pk == account.pk,
        "reference": in_groups(account.reference),
        "pay_to": centre_bank_account(),
        "transfer": account.payment or transfer_of_proof(account),
        "form": form,
        "acts": acts_on_bank_account(account, by),
        "timeline": timeline_of(f"bank_account:{account.pk}", by=by),
    }
    page = "trading/treasury/bank_account.html"
    return render(request, page, context, status=form_status(form))
