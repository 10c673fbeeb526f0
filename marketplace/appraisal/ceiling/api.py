"""The API of price ceilings: one view an act."""

from __future__ import annotations

from typing import Any

from marketplace.appraisal.ceiling import serializers
from marketplace.appraisal.ceiling.filters import CeilingFilters
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    close_ceiling,
    draft_ceiling,
    return_ceiling,
    revise_ceiling,
    submit_ceiling,
    withdraw_ceiling,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view


class DraftCeiling(ActView):
    """Compute the most that public data may earn in a period, and one licence may cost."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    creates = True
    made_at = "get_ceiling"
    scope = Scope.TRADE
    operation = "draft_ceiling"
    summary = "Draft a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return draft_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)


class ReviseCeiling(ActView):
    """Compute a price ceiling anew from other figures."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    scope = Scope.TRADE
    operation = "revise_ceiling"
    summary = "Revise a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return revise_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)


SubmitCeiling = act_view(
    submit_ceiling,
    scope=Scope.TRADE,
    gives=serializers.CeilingOut,
    summary="Submit a price ceiling",
)

WithdrawCeiling = act_view(
    withdraw_ceiling,
    scope=Scope.TRADE,
    takes=serializers.CeilingReasonIn,
    gives=serializers.CeilingOut,
    summary="Withdraw a price ceiling",
)

ApproveCeiling = act_view(
    approve_ceiling,
    scope=Scope.ADMINISTER,
    takes=serializers.CeilingChecklistIn,
    gives=serializers.CeilingOut,
    summary="Approve a price ceiling",
    about="Put a price ceiling in force, by a second person.",
)

ReturnCeiling = act_view(
    return_ceiling,
    scope=Scope.ADMINISTER,
    takes=serializers.CeilingReasonIn,
    gives=serializers.CeilingOut,
    summary="Return a price ceiling",
)

CloseCeiling = act_view(
    close_ceiling,
    scope=Scope.ADMINISTER,
    takes=serializers.CeilingReasonIn,
    gives=serializers.CeilingOut,
    summary="Close a price ceiling",
    about="End a price ceiling before its period is over, by a second person.",
)

Ceilings = list_view(
    ceilings_visible_to,
    operation="list_ceilings",
    filters=CeilingFilters,
    gives=serializers.CeilingRowOut,
    summary="List price ceilings",
    about="The price ceilings that the caller may see, newest first.",
)

OneCeiling = thing_view(
    ceilings_visible_to,
    operation="get_ceiling",
    gives=serializers.OneCeilingOut,
    summary="Get a price ceiling",
    about="A price ceiling with its account, and the acts on it that are open to whoever asks.",
)
