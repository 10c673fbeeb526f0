"""The addresses of money."""

from django.urls import path

from marketplace.trading.money import api, views

urlpatterns = [
    path("money/", views.money_desk, name="money_desk"),
    path("money/statement/", views.statement_import, name="statement_import"),
    path("money/accounts/<uuid:pk>/", views.account_statement, name="account_statement"),
    path(
        "money/accounts/<uuid:pk>/statement.csv",
        views.account_statement_csv,
        name="account_statement_csv",
    ),
    path("money/accounts/<uuid:pk>/payout/", views.payout_propose, name="payout_propose"),
    path("orders/<uuid:pk>/refund/", views.refund_propose, name="refund_propose"),
    path("money/payments/<uuid:pk>/", views.payment_detail, name="payment_detail"),
    path("money/payments/<uuid:pk>/allocate/", views.payment_allocate, name="payment_allocate"),
    path("money/payments/<uuid:pk>/return/", views.return_propose, name="return_propose"),
    path("money/outgoing/<uuid:pk>/", views.disbursement_detail, name="disbursement_detail"),
    path(
        "money/outgoing/<uuid:pk>/approve/",
        views.disbursement_approve,
        name="disbursement_approve",
    ),
    path("money/outgoing/<uuid:pk>/reject/", views.disbursement_reject, name="disbursement_reject"),
    path("invoices/<uuid:pk>/", views.invoice_detail, name="invoice_detail"),
]

api_patterns = [
    path("accounts/", api.Accounts.as_view(), name="api_list_accounts"),
    path(
        "accounts/<uuid:pk>/transfers/",
        api.AccountTransfers.as_view(),
        name="api_list_account_transfers",
    ),
    path("accounts/<uuid:pk>/payout/", api.ProposePayout.as_view(), name="api_propose_payout"),
    path("orders/<uuid:pk>/refund/", api.ProposeRefund.as_view(), name="api_propose_refund"),
    path("charges/", api.Charges.as_view(), name="api_list_charges"),
    path("invoices/", api.Invoices.as_view(), name="api_list_invoices"),
    path("invoices/<uuid:pk>/", api.OneInvoice.as_view(), name="api_get_invoice"),
    path("payments/", api.Payments.as_view(), name="api_list_payments"),
    path("payments/statement/", api.ImportStatement.as_view(), name="api_import_statement"),
    path("payments/webhook/", api.ReceiveMessage.as_view(), name="api_receive_message"),
    path(
        "payments/<uuid:pk>/allocate/", api.AllocatePayment.as_view(), name="api_allocate_payment"
    ),
    path("payments/<uuid:pk>/return/", api.ProposeReturn.as_view(), name="api_propose_return"),
    path("disbursements/", api.Disbursements.as_view(), name="api_list_disbursements"),
    path(
        "disbursements/<uuid:pk>/approve/",
        api.ApproveDisbursement.as_view(),
        name="api_approve_disbursement",
    ),
    path(
        "disbursements/<uuid:pk>/reject/",
        api.RejectDisbursement.as_view(),
        name="api_reject_disbursement",
    ),
]
