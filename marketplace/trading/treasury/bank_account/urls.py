"""The addresses of bank accounts of organizations."""

from django.urls import path

from marketplace.trading.treasury.bank_account import api, views

urlpatterns = [
    path("money/bank-accounts/", views.bank_account_list, name="bank_account_list"),
    path(
        "organizations/<uuid:pk>/bank-account/",
        views.bank_account_state,
        name="bank_account_state",
    ),
    path("money/bank-accounts/<uuid:pk>/", views.bank_account_detail, name="bank_account_detail"),
    path(
        "money/bank-accounts/<uuid:pk>/vouch/",
        views.bank_account_vouch,
        name="bank_account_vouch",
    ),
    path(
        "money/bank-accounts/<uuid:pk>/prove/",
        views.bank_account_prove,
        name="bank_account_prove",
    ),
    path(
        "money/bank-accounts/<uuid:pk>/confirm/",
        views.bank_account_confirm,
        name="bank_account_confirm",
    ),
    path(
        "money/bank-accounts/<uuid:pk>/withdraw/",
        views.bank_account_withdraw,
        name="bank_account_withdraw",
    ),
]

api_patterns = [
    path("bank-accounts/", api.BankAccounts.as_view(), name="api_list_bank_accounts"),
    path(
        "organizations/<uuid:pk>/state-bank-account/",
        api.StateBankAccount.as_view(),
        name="api_state_bank_account",
    ),
    path(
        "bank-accounts/<uuid:pk>/vouch/",
        api.VouchBankAccount.as_view(),
        name="api_vouch_bank_account",
    ),
    path(
        "bank-accounts/<uuid:pk>/prove/",
        api.ProveBankAccount.as_view(),
        name="api_prove_bank_account",
    ),
    path(
        "bank-accounts/<uuid:pk>/confirm/",
        api.ConfirmBankAccount.as_view(),
        name="api_confirm_bank_account",
    ),
    path(
        "bank-accounts/<uuid:pk>/withdraw/",
        api.WithdrawBankAccount.as_view(),
        name="api_withdraw_bank_account",
    ),
]
