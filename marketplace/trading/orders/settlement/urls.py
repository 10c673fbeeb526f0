from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement import api, views
from marketplace.trading.orders.settlement.filters import (
    AccountFilters,
    ChargeFilters,
    InvoiceFilters,
)
from marketplace.trading.orders.settlement.selectors import (
    accounts_visible_to,
    allocations_of_charge,
    charges_visible_to,
    entries_of,
    invoices_visible_to,
    transfers_of,
)
from marketplace.trading.orders.settlement.serializers import (
    AccountOut,
    AllocationOut,
    ChargeOut,
    InvoiceOut,
    TransferOut,
)
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.settlement.tables import AccountTable, ChargesTable, InvoiceTable
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "money/accounts/",
        accounts_visible_to,
        AccountTable,
        "trading/orders/account_list.html",
        filters=AccountFilters,
        name="account_list",
    ),
    list_of(
        "money/amounts/",
        charges_visible_to,
        ChargesTable,
        "trading/orders/charge_list.html",
        filters=ChargeFilters,
        name="charge_list",
    ),
    act_page(
        "money/amounts/<uuid:pk>/set-off/",
        set_off_credit,
        done=_("Your credit is set off. The page says what is still open."),
        onto="order_detail",
        at="order_id",
        name="credit_set_off",
    ),
    list_of(
        "invoices/",
        invoices_visible_to,
        InvoiceTable,
        "trading/orders/invoice_list.html",
        filters=InvoiceFilters,
        name="invoice_list",
    ),
    path("invoices/<uuid:pk>/", views.invoice_detail, name="invoice_detail"),
    path("invoices/<uuid:pk>/invoice.xml", views.invoice_xml, name="invoice_xml"),
]

api_patterns = [
    list_view(
        "accounts/",
        accounts_visible_to,
        operation="list_accounts",
        filters=AccountFilters,
        gives=AccountOut,
        about="The accounts of one's organization with their balances; all for the centre.",
    ),
    list_view(
        "accounts/<uuid:pk>/transfers/",
        entries_of,
        of=accounts_visible_to,
        operation="list_account_transfers",
        gives=TransferOut,
        summary="List the transfers of an account",
        about="What moved on an account.",
    ),
    list_view(
        "charges/",
        charges_visible_to,
        operation="list_charges",
        filters=ChargeFilters,
        gives=ChargeOut,
        summary="List amounts to be paid",
        about="What buyers owe and owed, of the orders of which one is a side.",
    ),
    list_view(
        "charges/<uuid:pk>/allocations/",
        allocations_of_charge,
        of=charges_visible_to,
        operation="list_charge_allocations",
        gives=AllocationOut,
        summary="List what paid an amount",
        about="The money that paid an amount, wholly or in part.",
    ),
    act_view(
        "charges/<uuid:pk>/set-off/",
        set_off_credit,
        scope=Scope.TRADE,
        gives=ChargeOut,
        summary="Set a credit off",
        about="Let the buyer's own credit pay an amount that it owes, as far as it goes.",
    ),
    list_view(
        "orders/<uuid:pk>/transfers/",
        transfers_of,
        of=orders_visible_to,
        operation="list_order_transfers",
        gives=TransferOut,
        summary="List the transfers of an order",
        about="The money that an order has moved.",
    ),
    list_view(
        "invoices/",
        invoices_visible_to,
        operation="list_invoices",
        filters=InvoiceFilters,
        gives=InvoiceOut,
        about="The invoices and credit notes of one's orders, and those about the centre's fee.",
    ),
    thing_view(
        "invoices/<uuid:pk>/",
        invoices_visible_to,
        operation="get_invoice",
        gives=InvoiceOut,
        about="An invoice or a credit note.",
    ),
    path(
        "invoices/<uuid:pk>/invoice.xml",
        api.FeePaperFile.as_view(),
        name="api_get_fee_paper_file",
    ),
]
