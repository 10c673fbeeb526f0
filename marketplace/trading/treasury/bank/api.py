"""The API of bank statements, compared with the books."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.bounds import day_of
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
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
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class Statements(ListView):
    """The imported bank statements, for the centre."""

    gives = serializers.StatementOut
    operation = "list_statements"
    summary = "List bank statements"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return statements_visible_to(by)


class StatementReconciliation(ThingView):
    """A bank statement beside the books of its days, by currency."""

    gives = serializers.ReconciliationOut
    operation = "get_statement_reconciliation"
    summary = "Compare a bank statement with the books"

    def thing(self, by: Actor, **ids: UUID) -> Reconciliation:
        return reconciliation_of_statement(visible(statements_visible_to(by), pk=ids["pk"]))


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


class Matches(ListView):
    """What finance officers said of bank lines, for the centre."""

    gives = serializers.MatchOut
    operation = "list_bank_matches"
    summary = "List what was said of bank lines"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return bank_matches_visible_to(by)


class ConfirmMatch(ActView):
    """Say that a bank line without our reference is this money that went out."""

    takes = serializers.MatchIn
    gives = serializers.MatchOut
    operation = "confirm_bank_match"
    summary = "Confirm a bank line as outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankMatch:
        return confirm_match(ids["pk"], disbursement_id=data["disbursement"], by=by)


class DeclineMatch(ActView):
    """Say that a bank line is other money than this."""

    takes = serializers.MatchIn
    gives = serializers.MatchOut
    operation = "decline_bank_match"
    summary = "Decline a bank line as outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankMatch:
        return decline_match(ids["pk"], disbursement_id=data["disbursement"], by=by)


class WithdrawMatch(ActView):
    """Take back what was said of a bank line, with a reason."""

    takes = ReasonIn
    gives = serializers.MatchOut
    operation = "withdraw_bank_match"
    summary = "Take back what was said of a bank line"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankMatch:
        """Take back."""
        return withdraw_match(ids["pk"], reason=data["reason"], by=by)
