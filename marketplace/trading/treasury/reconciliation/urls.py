from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to, statements_visible_to
from marketplace.trading.treasury.bank.serializers import StatementOut
from marketplace.trading.treasury.bank_item.serializers import BankItemOut
from marketplace.trading.treasury.bank_match.forms import MatchForm
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.trading.treasury.payment.services import reject_statement
from marketplace.trading.treasury.reconciliation import api, views
from marketplace.trading.treasury.reconciliation.comparing import reconciliation_of_statement
from marketplace.trading.treasury.reconciliation.serializers import ReconciliationOut
from marketplace.trading.treasury.reconciliation.services import (
    confirm_bank_item,
    propose_bank_item,
)
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

OF_LINE: dict[str, Any] = {
    "of": bank_lines_visible_to,
    "onto": "bank_statement",
    "at": "line.statement_id",
    "again": views.line_page,
}
"""What is said of a line is said on the page of its statement."""

urlpatterns = [
    thing_page(
        "money/statements/<uuid:pk>/",
        statements_visible_to,
        views.statement_page,
        name="bank_statement",
    ),
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
    form_page(
        "money/bank-lines/<uuid:pk>/own/",
        propose_bank_item,
        **OF_LINE,
        done=_("The line waits for a second finance officer."),
        name="bank_item_propose",
    ),
    form_page(
        "money/bank-lines/<uuid:pk>/confirm/",
        confirm_match,
        MatchForm,
        **OF_LINE,
        done=_("Confirmed: the line is this outgoing money."),
        name="match_confirm",
    ),
    form_page(
        "money/bank-lines/<uuid:pk>/decline/",
        decline_match,
        MatchForm,
        **OF_LINE,
        done=_("Declined: the line is other money."),
        name="match_decline",
    ),
    act_page(
        "money/bank-items/<uuid:pk>/confirm/",
        confirm_bank_item,
        name="bank_item_confirm",
        done=_("The line is booked to its account."),
        onto="bank_item_detail",
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
        "bank-days/<str:day>/",
        api.DayReconciliation.as_view(),
        name="api_get_day_reconciliation",
    ),
    act_view(
        "bank-lines/<uuid:pk>/propose-item/",
        propose_bank_item,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            propose_bank_item, name="ItemIn", about="What a line of the bank's own is."
        ),
        gives=BankItemOut,
        summary="Say that a bank line is the bank's own",
        about=(
            "Say that a line which belongs to no payment or payout is a fee, interest or a "
            "correction of the bank, for a second finance officer to book. The same kind again "
            "changes nothing."
        ),
    ),
    act_view(
        "bank-items/<uuid:pk>/confirm/",
        confirm_bank_item,
        scope=Scope.ADMINISTER,
        gives=BankItemOut,
        summary="Book a line of the bank's own",
        about="Book a line of the bank's own to its account, as a second finance officer.",
    ),
]
