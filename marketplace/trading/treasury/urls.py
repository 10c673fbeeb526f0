"""The addresses of money."""

from django.urls import path

from marketplace.trading.orders.settlement.api import (
    Accounts,
    AccountTransfers,
    Charges,
    Invoices,
    OneInvoice,
)
from marketplace.trading.orders.settlement.views import invoice_detail
from marketplace.trading.treasury.bank import api as bank_api
from marketplace.trading.treasury.bank import views as bank
from marketplace.trading.treasury.closing.api import CloseDay, Closings
from marketplace.trading.treasury.desk import views as desk
from marketplace.trading.treasury.payment.api import (
    AllocatePayment,
    ImportStatement,
    Payments,
    ReceiveMessage,
)
from marketplace.trading.treasury.payment.views import (
    payment_allocate,
    payment_detail,
    return_propose,
)
from marketplace.trading.treasury.payout.api import (
    ApproveDisbursement,
    Disbursements,
    ProposePayout,
    ProposeRefund,
    ProposeReturn,
    RejectDisbursement,
)
from marketplace.trading.treasury.payout.views import (
    disbursement_approve,
    disbursement_detail,
    disbursement_reject,
    refund_propose,
)

urlpatterns = [
    path("money/", desk.money_desk, name="money_desk"),
    path("money/statement/", desk.statement_import, name="statement_import"),
    path("money/statements/<uuid:pk>/", bank.bank_statement, name="bank_statement"),
    path(
        "money/statements/<uuid:pk>/reconciliation.csv",
        bank.bank_statement_csv,
        name="bank_statement_csv",
    ),
    path("money/bank/", bank.bank_day, name="bank_day"),
    path("money/bank/reconciliation.csv", bank.bank_day_csv, name="bank_day_csv"),
    path("money/bank-lines/<uuid:pk>/confirm/", bank.match_confirm, name="match_confirm"),
    path("money/bank-lines/<uuid:pk>/decline/", bank.match_decline, name="match_decline"),
    path("money/bank-matches/<uuid:pk>/", bank.match_detail, name="match_detail"),
    path("money/bank-matches/<uuid:pk>/withdraw/", bank.match_withdraw, name="match_withdraw"),
    path("money/close/", desk.day_close, name="day_close"),
    path("money/days/<uuid:pk>/", desk.closing_detail, name="closing_detail"),
    path("money/accounts/<uuid:pk>/", desk.account_statement, name="account_statement"),
    path(
        "money/accounts/<uuid:pk>/statement.csv",
        desk.account_statement_csv,
        name="account_statement_csv",
    ),
    path("money/accounts/<uuid:pk>/payout/", desk.payout_propose, name="payout_propose"),
    path("orders/<uuid:pk>/refund/", refund_propose, name="refund_propose"),
    path("money/payments/<uuid:pk>/", payment_detail, name="payment_detail"),
    path("money/payments/<uuid:pk>/allocate/", payment_allocate, name="payment_allocate"),
    path("money/payments/<uuid:pk>/return/", return_propose, name="return_propose"),
    path("money/outgoing/<uuid:pk>/", disbursement_detail, name="disbursement_detail"),
    path(
        "money/outgoing/<uuid:pk>/approve/",
        disbursement_approve,
        name="disbursement_approve",
    ),
    path("money/outgoing/<uuid:pk>/reject/", disbursement_reject, name="disbursement_reject"),
    path("invoices/<uuid:pk>/", invoice_detail, name="invoice_detail"),
]

api_patterns = [
    path("accounts/", Accounts.as_view(), name="api_list_accounts"),
    path(
        "accounts/<uuid:pk>/transfers/",
        AccountTransfers.as_view(),
        name="api_list_account_transfers",
    ),
    path("accounts/<uuid:pk>/payout/", ProposePayout.as_view(), name="api_propose_payout"),
    path("orders/<uuid:pk>/refund/", ProposeRefund.as_view(), name="api_propose_refund"),
    path("closings/", Closings.as_view(), name="api_list_closings"),
    path("closings/close/", CloseDay.as_view(), name="api_close_day"),
    path("statements/", bank_api.Statements.as_view(), name="api_list_statements"),
    path(
        "statements/<uuid:pk>/reconciliation/",
        bank_api.StatementReconciliation.as_view(),
        name="api_get_statement_reconciliation",
    ),
    path(
        "bank-lines/<uuid:pk>/confirm/",
        bank_api.ConfirmMatch.as_view(),
        name="api_confirm_match",
    ),
    path(
        "bank-lines/<uuid:pk>/decline/",
        bank_api.DeclineMatch.as_view(),
        name="api_decline_match",
    ),
    path("bank-matches/", bank_api.Matches.as_view(), name="api_list_matches"),
    path(
        "bank-matches/<uuid:pk>/withdraw/",
        bank_api.WithdrawMatch.as_view(),
        name="api_withdraw_match",
    ),
    path(
        "bank-days/<str:day>/",
        bank_api.DayReconciliation.as_view(),
        name="api_get_day_reconciliation",
    ),
    path("charges/", Charges.as_view(), name="api_list_charges"),
    path("invoices/", Invoices.as_view(), name="api_list_invoices"),
    path("invoices/<uuid:pk>/", OneInvoice.as_view(), name="api_get_invoice"),
    path("payments/", Payments.as_view(), name="api_list_payments"),
    path("payments/statement/", ImportStatement.as_view(), name="api_import_statement"),
    path("payments/webhook/", ReceiveMessage.as_view(), name="api_receive_message"),
    path("payments/<uuid:pk>/allocate/", AllocatePayment.as_view(), name="api_allocate_payment"),
    path("payments/<uuid:pk>/return/", ProposeReturn.as_view(), name="api_propose_return"),
    path("disbursements/", Disbursements.as_view(), name="api_list_disbursements"),
    path(
        "disbursements/<uuid:pk>/approve/",
        ApproveDisbursement.as_view(),
        name="api_approve_disbursement",
    ),
    path(
        "disbursements/<uuid:pk>/reject/",
        RejectDisbursement.as_view(),
        name="api_reject_disbursement",
    ),
]
