"""The API of accounts, charges and invoices."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.orders.settlement import selectors, serializers
from marketplace.trading.orders.settlement.filters import (
    AccountFilters,
    ChargeFilters,
    InvoiceFilters,
)
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.web.api import act_view, list_view, thing_view

SetOffCredit = act_view(
    set_off_credit,
    scope=Scope.TRADE,
    gives=serializers.ChargeOut,
    summary="Set a credit off",
    about="Let the buyer's own credit pay an amount that it owes, as far as it goes.",
)

Accounts = list_view(
    selectors.accounts_visible_to,
    operation="list_accounts",
    filters=AccountFilters,
    gives=serializers.AccountOut,
    about="The accounts of one's organization with their balances; all for the centre.",
)

AccountTransfers = list_view(
    selectors.entries_of,
    of=selectors.accounts_visible_to,
    operation="list_account_transfers",
    gives=TransferOut,
    summary="List the transfers of an account",
    about="What moved on an account.",
)

Charges = list_view(
    selectors.charges_visible_to,
    operation="list_charges",
    filters=ChargeFilters,
    gives=serializers.ChargeOut,
    summary="List amounts to be paid",
    about="What buyers owe and owed, of the orders of which one is a side.",
)

ChargeAllocations = list_view(
    selectors.allocations_of_charge,
    of=selectors.charges_visible_to,
    operation="list_charge_allocations",
    gives=serializers.AllocationOut,
    summary="List what paid an amount",
    about="The money that paid an amount, wholly or in part.",
)

Invoices = list_view(
    selectors.invoices_visible_to,
    operation="list_invoices",
    filters=InvoiceFilters,
    gives=serializers.InvoiceOut,
    about="The invoices and credit notes of the orders of which one is a side.",
)

OneInvoice = thing_view(
    selectors.invoices_visible_to,
    operation="get_invoice",
    gives=serializers.InvoiceOut,
    about="An invoice or a credit note.",
)
