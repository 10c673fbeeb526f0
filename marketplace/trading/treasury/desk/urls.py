from django.urls import URLPattern, path

from marketplace.trading.treasury.desk import views

urlpatterns = [
    path("money/", views.money_desk, name="money_desk"),
    path("money/statement/", views.statement_import, name="statement_import"),
    path("money/close/", views.closing_propose, name="closing_propose"),
    path("money/accounts/<uuid:pk>/", views.account_statement, name="account_statement"),
    path(
        "money/accounts/<uuid:pk>/statement.csv",
        views.account_statement_csv,
        name="account_statement_csv",
    ),
    path("money/accounts/<uuid:pk>/payout/", views.payout_propose, name="payout_propose"),
]

api_patterns: list[URLPattern] = []
