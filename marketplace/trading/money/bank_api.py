"""The API of bank statements, compared with the books."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.trading.money import serializers
from marketplace.trading.money.bank_sheet import Reconciliation
from marketplace.trading.money.reconciling import (
    reconciliation_of_day,
    reconciliation_of_statement,
    statements_visible_to,
)
from marketplace.web.api import ListView, ThingView


class Statements(ListView):
    """The imported bank statements, for the centre."""

    gives = serializers.StatementOut
    operation = "list_statements"
    summary = "List bank statements"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return statements_visible_to(by)


class StatementReconciliation(ThingView):
    """A bank statement beside the books of its days, by currency."""

    gives = serializers.ReconciliationOut
    operation = "get_statement_reconciliation"
    summary = "Compare a bank statement with the books"

    def thing(self, by: Actor, **ids: UUID) -> Reconciliation:
        """Select."""
        return reconciliation_of_statement(visible(statements_visible_to(by), pk=ids["pk"]))


class DayReconciliation(ThingView):
    """What the bank's statements tell of a day, written 2026-03-31, beside the books."""

    gives = serializers.ReconciliationOut
    operation = "get_day_reconciliation"
    summary = "Compare a day at the bank with the books"

    def thing(self, by: Actor, **ids: Any) -> Reconciliation:
        """Select."""
        try:
            day = date.fromisoformat(ids["day"])
        except ValueError:
            raise NotFound(_("There is no such day. Write it as 2026-03-31.")) from None
        return reconciliation_of_day(day, by=by)
