from typing import Any

from marketplace.core import Actor, Scope
from marketplace.trading.treasury.bank_match import serializers
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.web.api import ActView


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
