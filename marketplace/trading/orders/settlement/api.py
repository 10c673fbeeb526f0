"""The API of accounts, charges and invoices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.orders.settlement import selectors, serializers
from marketplace.trading.orders.settlement.models import Invoice
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.web.api import ListView, ThingView


class Accounts(ListView):
    """The accounts of one's organization with their balances; all for the centre."""

    gives = serializers.AccountOut
    operation = "list_accounts"
    summary = "List accounts"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.accounts_visible_to(by)


class AccountTransfers(ListView):
    """What moved on an account."""

    gives = TransferOut
    operation = "list_account_transfers"
    summary = "List the transfers of an account"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.entries_of(visible(selectors.accounts_visible_to(by), pk=ids["pk"]))


class Charges(ListView):
    """What buyers owe and owed, of the orders of which one is a side."""

    gives = serializers.ChargeOut
    operation = "list_charges"
    summary = "List amounts to be paid"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.charges_visible_to(by)


class Invoices(ListView):
    """The invoices and credit notes of the orders of which one is a side."""

    gives = serializers.InvoiceOut
    operation = "list_invoices"
    summary = "List invoices"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.invoices_visible_to(by)


class OneInvoice(ThingView):
    """An invoice or a credit note."""

    gives = serializers.InvoiceOut
    operation = "get_invoice"
    summary = "Get an invoice"

    def thing(self, by: Actor, **ids: UUID) -> Invoice:
        return visible(selectors.invoices_visible_to(by), pk=ids["pk"])
