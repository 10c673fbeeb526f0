"""The API of price ceilings: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.appraisal.ceilings import serializers
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.selectors import ceilings_visible_to
from marketplace.appraisal.ceilings.services.ceilings import (
    draft_ceiling,
    revise_ceiling,
    submit_ceiling,
    withdraw_ceiling,
)
from marketplace.appraisal.ceilings.services.decisions import (
    approve_ceiling,
    close_ceiling,
    return_ceiling,
)
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView


class DraftCeiling(ActView):
    """Compute the most that public data may earn in a period, and one licence may cost."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    creates = True
    operation = "draft_ceiling"
    summary = "Draft a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return draft_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)


class ReviseCeiling(ActView):
    """Compute a price ceiling anew from other figures."""

    takes = serializers.CeilingIn
    gives = serializers.CeilingOut
    operation = "revise_ceiling"
    summary = "Revise a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return revise_ceiling(ids["pk"], permitted=serializers.CeilingIn.permitted(data), by=by)


class SubmitCeiling(ActView):
    """Give a price ceiling to a second person."""

    gives = serializers.CeilingOut
    operation = "submit_ceiling"
    summary = "Submit a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return submit_ceiling(ids["pk"], by=by)


class WithdrawCeiling(ActView):
    """Take a price ceiling back before it is in force, with a reason."""

    takes = serializers.CeilingReasonIn
    gives = serializers.CeilingOut
    operation = "withdraw_ceiling"
    summary = "Withdraw a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return withdraw_ceiling(ids["pk"], reason=data["reason"], by=by)


class ApproveCeiling(ActView):
    """Put a price ceiling in force, by a second person."""

    takes = serializers.CeilingChecklistIn
    gives = serializers.CeilingOut
    operation = "approve_ceiling"
    summary = "Approve a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return approve_ceiling(ids["pk"], checklist=data["checklist"], by=by)


class ReturnCeiling(ActView):
    """Send a price ceiling back for correction, with a reason."""

    takes = serializers.CeilingReasonIn
    gives = serializers.CeilingOut
    operation = "return_ceiling"
    summary = "Return a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return return_ceiling(ids["pk"], reason=data["reason"], by=by)


class CloseCeiling(ActView):
    """End a price ceiling before its period is over, by a second person."""

    takes = serializers.CeilingReasonIn
    gives = serializers.CeilingOut
    operation = "close_ceiling"
    summary = "Close a price ceiling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> PriceCeiling:
        return close_ceiling(ids["pk"], reason=data["reason"], by=by)


class Ceilings(ListView):
    """The price ceilings that the caller may see, newest first."""

    gives = serializers.CeilingRowOut
    operation = "list_ceilings"
    summary = "List price ceilings"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[PriceCeiling]:
        return ceilings_visible_to(by)


class OneCeiling(ThingView):
    """A price ceiling with its account, and the acts on it that are open to whoever asks."""

    gives = serializers.OneCeilingOut
    operation = "get_ceiling"
    summary = "Get a price ceiling"

    def thing(self, by: Actor, **ids: UUID) -> PriceCeiling:
        return visible(ceilings_visible_to(by), pk=ids["pk"])
