"""The API of bank statements, compared with the books."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.bounds import day_of
from marketplace.core.errors import NotFound
from marketplace.core.scopes import Scope
from marketplace.trading.treasury.bank import serializers
from marketplace.trading.treasury.bank.models import BankMatch
from marketplace.trading.treasury.bank.reconciling import (
    reconciliation_of_day,
    reconciliation_of_statement,
    statements_visible_to,
)
from marketplace.trading.treasury.bank.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank.services import confirm_match, decline_match, withdraw_match
from marketplace.trading.treasury.bank.sheet import Reconciliation
from marketplace.web.api import ActView, ThingView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Statements = list_view(
    statements_visible_to,
    operation="list_statements",
    gives=serializers.StatementOut,
    summary="List bank statements",
    about="The imported bank statements, for the centre.",
)

StatementReconciliation = thing_view(
    statements_visible_to,
    shown=reconciliation_of_statement,
    operation="get_statement_reconciliation",
    gives=serializers.ReconciliationOut,
    summary="Compare a bank statement with the books",
    about="A bank statement beside the books of its days, by currency.",
)


class DayReconciliation(ThingView):
    """What the bank's statements tell of a day, written 2026-03-31, beside the books."""

    gives = serializers.ReconciliationOut
    operation = "get_day_reconciliation"
    summary = "Compare a day at the bank with the books"

    def thing(self, by: Actor, **ids: Any) -> Reconciliation:
        try:
            day = day_of(ids["day"])
        except ValueError:
            raise NotFound(_("There is no such day. Write it as 2026-03-31.")) from None
        return reconciliation_of_day(day, by=by)


Matches = list_view(
    bank_matches_visible_to,
    operation="list_bank_matches",
    gives=serializers.MatchOut,
    summary="List what was said of bank lines",
    about="What finance officers said of bank lines, for the centre.",
)


class ConfirmMatch(ActView):
    """Say that a bank line without our reference is this money that went out."""

    takes = serializers.MatchIn
    gives = serializers.MatchOut
    scope = Scope.ADMINISTER
    operation = "confirm_bank_match"
    summary = "Confirm a bank line as outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankMatch:
        return confirm_match(ids["pk"], disbursement_id=data["disbursement"], by=by)


class DeclineMatch(ActView):
    """Say that a bank line is other money than this."""

    takes = serializers.MatchIn
    gives = serializers.MatchOut
    scope = Scope.ADMINISTER
    operation = "decline_bank_match"
    summary = "Decline a bank line as outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankMatch:
        return decline_match(ids["pk"], disbursement_id=data["disbursement"], by=by)


WithdrawMatch = act_view(
    withdraw_match,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.MatchOut,
    operation="withdraw_bank_match",
    summary="Take back what was said of a bank line",
    about="Take back what was said of a bank line, with a reason.",
)
