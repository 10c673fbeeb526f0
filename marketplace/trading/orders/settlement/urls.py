"""The addresses of settlements."""

from django.urls import path

from marketplace.trading.orders.settlement import api, views

urlpatterns = [
    path("money/accounts/", views.account_list, name="account_list"),
    path("money/amounts/", views.charge_list, name="charge_list"),
    path("money/amounts/<uuid:pk>/set-off/", views.credit_set_off, name="credit_set_off"),
    path("invoices/", views.invoice_list, name="invoice_list"),
    path("invoices/<uuid:pk>/", views.invoice_detail, name="invoice_detail"),
]

api_patterns = [
    path("accounts/", api.Accounts.as_view(), name="api_list_accounts"),
    path(
        "accounts/<uuid:pk>/transfers/",
        api.AccountTransfers.as_view(),
        name="api_list_account_transfers",
    ),
    path("charges/", api.Charges.as_view(), name="api_list_charges"),
    path(
        "charges/<uuid:pk>/allocations/",
        api.ChargeAllocations.as_view(),
        name="api_list_charge_allocations",
    ),
    path("charges/<uuid:pk>/set-off/", api.SetOffCredit.as_view(), name="api_set_off_credit"),
    path("invoices/", api.Invoices.as_view(), name="api_list_invoices"),
    path("invoices/<uuid:pk>/", api.OneInvoice.as_view(), name="api_get_invoice"),
]
