"""The addresses of the bank."""

from django.urls import path

from marketplace.trading.treasury.bank import api, views

urlpatterns = [
    path("money/statements/<uuid:pk>/", views.bank_statement, name="bank_statement"),
    path(
        "money/statements/<uuid:pk>/reconciliation.csv",
        views.bank_statement_csv,
        name="bank_statement_csv",
    ),
    path("money/statements/<uuid:pk>/confirm/", views.statement_confirm, name="statement_confirm"),
    path("money/statements/<uuid:pk>/reject/", views.statement_reject, name="statement_reject"),
    path("money/bank/", views.bank_day, name="bank_day"),
    path("money/bank/reconciliation.csv", views.bank_day_csv, name="bank_day_csv"),
    path("money/bank-lines/<uuid:pk>/confirm/", views.match_confirm, name="match_confirm"),
    path("money/bank-lines/<uuid:pk>/decline/", views.match_decline, name="match_decline"),
    path("money/bank-matches/<uuid:pk>/", views.match_detail, name="match_detail"),
    path("money/bank-matches/<uuid:pk>/withdraw/", views.match_withdraw, name="match_withdraw"),
]

api_patterns = [
    path("statements/", api.Statements.as_view(), name="api_list_statements"),
    path(
        "statements/<uuid:pk>/reconciliation/",
        api.StatementReconciliation.as_view(),
        name="api_get_statement_reconciliation",
    ),
    path(
        "bank-lines/<uuid:pk>/confirm/",
        api.ConfirmMatch.as_view(),
        name="api_confirm_match",
    ),
    path(
        "bank-lines/<uuid:pk>/decline/",
        api.DeclineMatch.as_view(),
        name="api_decline_match",
    ),
    path("bank-matches/", api.Matches.as_view(), name="api_list_matches"),
    path(
        "bank-matches/<uuid:pk>/withdraw/",
        api.WithdrawMatch.as_view(),
        name="api_withdraw_match",
    ),
    path(
        "bank-days/<str:day>/",
        api.DayReconciliation.as_view(),
        name="api_get_day_reconciliation",
    ),
]
