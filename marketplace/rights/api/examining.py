"""The register's side of the API."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.rights import serializers
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.services.claims import (
    accept_claim,
    ask_supplement,
    confirm_claim,
    extend_decision,
    open_notice,
    refuse_claim,
    start_review,
    terminate_claim,
    waive_notice,
)
from marketplace.web.api import ActView
from marketplace.web.serializers import ReasonIn


class AcceptClaim(ActView):
    """Take a claim on."""

    gives = serializers.ClaimOut
    operation = "accept_claim"
    summary = "Accept a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Accept."""
        return accept_claim(ids["pk"], by=by)


class AskSupplement(ActView):
    """Ask the claimant for everything that is missing."""

    takes = serializers.AskSupplementIn
    gives = serializers.ClaimOut
    operation = "ask_supplement"
    summary = "Ask to complete a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Ask."""
        return ask_supplement(ids["pk"], missing=data["missing"], by=by)


class StartReview(ActView):
    """Begin to examine an accepted claim."""

    gives = serializers.ClaimOut
    operation = "start_review"
    summary = "Start the review of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Start."""
        return start_review(ids["pk"], by=by)


class ExtendDecision(ActView):
    """Give the decision more time, once."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "extend_decision"
    summary = "Extend the term of a decision"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Extend."""
        return extend_decision(ids["pk"], reason=data["reason"], by=by)


class TerminateClaim(ActView):
    """End a claim that was not completed during review."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "terminate_claim"
    summary = "Terminate a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Terminate."""
        return terminate_claim(ids["pk"], reason=data["reason"], by=by)


class RefuseClaim(ActView):
    """Refuse a claim under review."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "refuse_claim"
    summary = "Refuse a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Refuse."""
        return refuse_claim(ids["pk"], reason=data["reason"], by=by)


class OpenNotice(ActView):
    """Publish a claim, so that others can object."""

    gives = serializers.ClaimOut
    operation = "open_notice"
    summary = "Open the public notice of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Publish."""
        return open_notice(ids["pk"], by=by)


class WaiveNotice(ActView):
    """Let a claim go on without public notice, for a reason."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "waive_notice"
    summary = "Waive the public notice of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Waive."""
        return waive_notice(ids["pk"], reason=data["reason"], by=by)


class ConfirmClaim(ActView):
    """Deposit the rights and certify them, by a second person."""

    takes = serializers.ConfirmClaimIn
    gives = serializers.CertificateOut
    operation = "confirm_claim"
    summary = "Confirm a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Certificate:
        """Confirm."""
        return confirm_claim(ids["pk"], checklist=data["checklist"], by=by)
