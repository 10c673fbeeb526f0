"""Claims in the API: the claimant's acts, and those of the register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.rights.certificate import serializers as certificate_serializers
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim import serializers
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.claim.selectors import claims_visible_to, evidence_of
from marketplace.rights.claim.serializers import OneClaimOut
from marketplace.rights.claim.services.accepting import accept_claim, ask_supplement
from marketplace.rights.claim.services.confirming import confirm_claim
from marketplace.rights.claim.services.drafting import (
    attach_evidence,
    draft_claim,
    submit_claim,
    withdraw_claim,
)
from marketplace.rights.claim.services.examining import (
    extend_decision,
    refuse_claim,
    start_review,
    terminate_claim,
)
from marketplace.rights.claim.services.publishing import open_notice, waive_notice
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class Claims(ListView):
    """The claims that the caller may see."""

    gives = serializers.ClaimOut
    operation = "list_claims"
    summary = "List claims"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Claim]:
        return claims_visible_to(by)


class OneClaim(ThingView):
    """A claim, with the acts on it that are open to whoever asks, and why the others are not."""

    gives = OneClaimOut
    operation = "get_claim"
    summary = "Get a claim"

    def thing(self, by: Actor, **ids: UUID) -> Claim:
        return visible(claims_visible_to(by), pk=ids["pk"])


class ClaimEvidence(ListView):
    """The evidence of a claim."""

    gives = serializers.EvidenceOut
    operation = "list_evidence"
    summary = "List the evidence of a claim"

    def rows(self, by: Actor, request: Request, **ids: UUID) -> QuerySet[Evidence]:
        return evidence_of(visible(claims_visible_to(by), pk=ids["pk"]))


class DraftClaim(ActView):
    """Begin to claim rights over a dataset."""

    takes = serializers.DraftClaimIn
    gives = serializers.ClaimOut
    creates = True
    operation = "draft_claim"
    summary = "Draft a claim of rights"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        rights = frozenset(data.pop("rights"))
        return draft_claim(ids["pk"], rights=rights, **data, by=by)


class AttachEvidence(ActView):
    """Add a file to a claim, as a multipart request."""

    takes = serializers.AttachEvidenceIn
    gives = serializers.EvidenceOut
    creates = True
    parser_classes = [MultiPartParser]
    operation = "attach_evidence"
    summary = "Attach evidence to a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Evidence:
        kind = EvidenceKind(data["kind"])
        return attach_evidence(
            ids["pk"], kind=kind, title=data["title"], upload=data["upload"], by=by
        )


class SubmitClaim(ActView):
    """Hand a claim to the register, or hand it back, completed."""

    gives = serializers.ClaimOut
    operation = "submit_claim"
    summary = "Submit a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return submit_claim(ids["pk"], by=by)


class WithdrawClaim(ActView):
    """Take a claim back before it is deposited."""

    gives = serializers.ClaimOut
    operation = "withdraw_claim"
    summary = "Withdraw a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return withdraw_claim(ids["pk"], by=by)


class AcceptClaim(ActView):
    """Take a claim on."""

    gives = serializers.ClaimOut
    operation = "accept_claim"
    summary = "Accept a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return accept_claim(ids["pk"], by=by)


class AskSupplement(ActView):
    """Ask the claimant for everything that is missing."""

    takes = serializers.AskSupplementIn
    gives = serializers.ClaimOut
    operation = "ask_supplement"
    summary = "Ask to complete a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return ask_supplement(ids["pk"], missing=data["missing"], by=by)


class StartReview(ActView):
    """Begin to examine an accepted claim."""

    gives = serializers.ClaimOut
    operation = "start_review"
    summary = "Start the review of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return start_review(ids["pk"], by=by)


class ExtendDecision(ActView):
    """Give the decision more time, once."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "extend_decision"
    summary = "Extend the term of a decision"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return extend_decision(ids["pk"], reason=data["reason"], by=by)


class TerminateClaim(ActView):
    """End a claim that was not completed during review."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "terminate_claim"
    summary = "Terminate a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return terminate_claim(ids["pk"], reason=data["reason"], by=by)


class RefuseClaim(ActView):
    """Refuse a claim under review."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "refuse_claim"
    summary = "Refuse a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return refuse_claim(ids["pk"], reason=data["reason"], by=by)


class OpenNotice(ActView):
    """Publish a claim, so that others can object."""

    gives = serializers.ClaimOut
    operation = "open_notice"
    summary = "Open the public notice of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return open_notice(ids["pk"], by=by)


class WaiveNotice(ActView):
    """Let a claim go on without public notice, for a reason."""

    takes = ReasonIn
    gives = serializers.ClaimOut
    operation = "waive_notice"
    summary = "Waive the public notice of a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        return waive_notice(ids["pk"], reason=data["reason"], by=by)


class ConfirmClaim(ActView):
    """Deposit the rights and certify them, by a second person."""

    takes = serializers.ConfirmClaimIn
    gives = certificate_serializers.CertificateOut
    operation = "confirm_claim"
    summary = "Confirm a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Certificate:
        return confirm_claim(ids["pk"], checklist=data["checklist"], by=by)
