"""Renewals, changes and cancellations in the API."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.rights.claim import serializers as claim_serializers
from marketplace.rights.follow_up import serializers
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.web.api import act_view

AskRenewal = act_view(
    ask_renewal,
    scope=Scope.TRADE,
    takes=serializers.AskRenewalIn,
    gives=claim_serializers.ClaimOut,
    creates=True,
    made_at="get_claim",
    summary="Ask for the renewal of a certificate",
    about="Begin the renewal of a certificate, for its holder.",
)

AskChange = act_view(
    ask_change,
    scope=Scope.TRADE,
    takes=serializers.AskChangeIn,
    gives=claim_serializers.ClaimOut,
    creates=True,
    made_at="get_claim",
    summary="Ask for a change of a registration",
    about="Begin a change of what a certificate states, for its holder.",
)

AskCancellation = act_view(
    ask_cancellation,
    scope=Scope.TRADE,
    takes=serializers.AskCancellationIn,
    gives=claim_serializers.ClaimOut,
    creates=True,
    made_at="get_claim",
    summary="Ask for the cancellation of a registration",
    about="Begin to give a right up, for its holder.",
)
