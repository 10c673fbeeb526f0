"""The API of price ceilings: one view an act."""

from typing import Any

from marketplace.appraisal.ceiling import serializers
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.services import (
    draft_ceiling,
    revise_ceiling,
)
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class DraftCeiling(ActView):
    """Compute the most that public data may earn in a period, and one licence may cost."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    creates = True
    made_at = "get_ceiling"
    scope = Scope.TRADE
    summary = "Draft a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return draft_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)


class ReviseCeiling(ActView):
    """Compute a price ceiling anew from other figures."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    scope = Scope.TRADE
    summary = "Revise a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return revise_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)
