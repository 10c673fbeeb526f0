"""The API of bank statements, compared with the books."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound, Scope
from marketplace.core.bounds import day_of
from marketplace.trading.treasury.bank import serializers
from marketplace.trading.treasury.bank.models import BankMatch
from marketplace.trading.treasury.bank.reconciling import (
    reconciliation_of_day,
)
from marketplace.trading.treasury.bank.services import confirm_match, decline_match
from marketplace.trading.treasury.bank.sheet import Reconciliation
from marketplace.web.api import ActView, ThingView


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
