"""Renewals, changes and cancellations in the API."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.rights.claim import serializers as claim_serializers
from marketplace.rights.claim.models import Claim
from marketplace.rights.follow_up import serializers
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.web.api import ActView


class AskRenewal(ActView):
    """Begin the renewal of a certificate, for its holder."""

    takes = serializers.AskRenewalIn
    gives = claim_serializers.ClaimOut
    creates = True
    operation = "ask_renewal"
    summary = "Ask for the renewal of a certificate"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return ask_renewal(ids["pk"], **data, by=by)


class AskChange(ActView):
    """Begin a change of what a certificate states, for its holder."""

    takes = serializers.AskChangeIn
    gives = claim_serializers.ClaimOut
    creates = True
    operation = "ask_change"
    summary = "Ask for a change of a registration"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return ask_change(ids["pk"], **data, by=by)


class AskCancellation(ActView):
    """Begin to give a right up, for its holder."""

    takes = serializers.AskCancellationIn
    gives = claim_serializers.ClaimOut
    creates = True
    operation = "ask_cancellation"
    summary = "Ask for the cancellation of a registration"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return ask_cancellation(ids["pk"], **data, by=by)
