from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank import api, views
from marketplace.trading.treasury.bank.reconciling import (
    reconciliation_of_statement,
    statements_visible_to,
)
from marketplace.trading.treasury.bank.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank.serializers import MatchOut, ReconciliationOut, StatementOut
from marketplace.trading.treasury.bank.services import withdraw_match
from marketplace.trading.treasury.payment.services import reject_statement
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("money/statements/<uuid:pk>/", views.bank_statement, name="bank_statement"),
    path(
        "money/statements/<uuid:pk>/reconciliation.csv",
        views.bank_statement_csv,
        name="bank_statement_csv",
    ),
    path("money/statements/<uuid:pk>/confirm/", views.statement_confirm, name="statement_confirm"),
    form_page(
        "money/statements/<uuid:pk>/reject/",
        reject_statement,
        done=_("The statement is rejected. Nothing of it was booked."),
        onto="bank_statement",
        again=views.statement_page,
        of=statements_visible_to,
        name="statement_reject",
    ),
    path("money/bank/", views.bank_day, name="bank_day"),
    path("money/bank/reconciliation.csv", views.bank_day_csv, name="bank_day_csv"),
    path("money/bank-lines/<uuid:pk>/confirm/", views.match_confirm, name="match_confirm"),
    path("money/bank-lines/<uuid:pk>/decline/", views.match_decline, name="match_decline"),
    path("money/bank-matches/<uuid:pk>/", views.match_detail, name="match_detail"),
    form_page(
        "money/bank-matches/<uuid:pk>/withdraw/",
        withdraw_match,
        done=_("Taken back. The line is to be compared again."),
        onto="match_detail",
        again=views.match_page,
        of=bank_matches_visible_to,
        name="match_withdraw",
    ),
]

api_patterns = [
    list_view(
        "statements/",
        statements_visible_to,
        operation="list_statements",
        gives=StatementOut,
        summary="List bank statements",
        about="The imported bank statements, for the centre.",
    ),
    thing_view(
        "statements/<uuid:pk>/reconciliation/",
        statements_visible_to,
        shown=reconciliation_of_statement,
        operation="get_statement_reconciliation",
        gives=ReconciliationOut,
        summary="Compare a bank statement with the books",
        about="A bank statement beside the books of its days, by currency.",
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
    list_view(
        "bank-matches/",
        bank_matches_visible_to,
        operation="list_bank_matches",
        gives=MatchOut,
        summary="List what was said of bank lines",
        about="What finance officers said of bank lines, for the centre.",
    ),
    act_view(
        "bank-matches/<uuid:pk>/withdraw/",
        withdraw_match,
        scope=Scope.ADMINISTER,
        gives=MatchOut,
        operation="withdraw_bank_match",
        summary="Take back what was said of a bank line",
        about="Take back what was said of a bank line, with a reason.",
    ),
    path(
        "bank-days/<str:day>/",
        api.DayReconciliation.as_view(),
        name="api_get_day_reconciliation",
    ),
]
