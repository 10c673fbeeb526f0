"""Claims in the API: the claimant's acts, and those of the register."""

from __future__ import annotations

from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.rights.certificate import serializers as certificate_serializers
from marketplace.rights.claim import serializers
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.filters import ClaimFilters
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.claim.selectors import (
    claims_visible_to,
    evidence_of,
    evidence_visible_to,
)
from marketplace.rights.claim.serializers import OneClaimOut
from marketplace.rights.claim.services import (
    accept_claim,
    ask_supplement,
    attach_evidence,
    confirm_claim,
    draft_claim,
    extend_decision,
    open_notice,
    refuse_claim,
    start_review,
    submit_claim,
    terminate_claim,
    waive_notice,
    withdraw_claim,
)
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Claims = list_view(
    claims_visible_to,
    operation="list_claims",
    filters=ClaimFilters,
    gives=serializers.ClaimOut,
    about="The claims that the caller may see.",
)

OneClaim = thing_view(
    claims_visible_to,
    operation="get_claim",
    gives=OneClaimOut,
    about="A claim, with the acts on it that are open to whoever asks, and why the others are not.",
)

ClaimEvidence = list_view(
    evidence_of,
    of=claims_visible_to,
    operation="list_evidence",
    gives=serializers.EvidenceOut,
    summary="List the evidence of a claim",
    about="The evidence of a claim.",
)

OneEvidence = thing_view(
    evidence_visible_to,
    operation="get_evidence",
    gives=serializers.EvidenceOut,
    summary="Get evidence of a claim",
    about="A file of the evidence of a claim, as it is listed.",
)


class DraftClaim(ActView):
    """Begin to claim rights over a dataset."""

    takes = serializers.DraftClaimIn
    gives = serializers.ClaimOut
    creates = True
    made_at = "get_claim"
    scope = Scope.TRADE
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
    made_at = "get_evidence"
    parser_classes = [MultiPartParser]
    scope = Scope.TRADE
    operation = "attach_evidence"
    summary = "Attach evidence to a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Evidence:
        kind = EvidenceKind(data["kind"])
        return attach_evidence(
            ids["pk"], kind=kind, title=data["title"], upload=data["upload"], by=by
        )


SubmitClaim = act_view(
    submit_claim,
    scope=Scope.TRADE,
    gives=serializers.ClaimOut,
    about="Hand a claim to the register, or hand it back, completed.",
)

WithdrawClaim = act_view(
    withdraw_claim,
    scope=Scope.TRADE,
    gives=serializers.ClaimOut,
    about="Take a claim back before it is deposited.",
)

AcceptClaim = act_view(
    accept_claim,
    scope=Scope.ADMINISTER,
    gives=serializers.ClaimOut,
    about="Take a claim on.",
)

AskSupplement = act_view(
    ask_supplement,
    scope=Scope.ADMINISTER,
    takes=serializers.AskSupplementIn,
    gives=serializers.ClaimOut,
    summary="Ask to complete a claim",
    about="Ask the claimant for everything that is missing.",
)

StartReview = act_view(
    start_review,
    scope=Scope.ADMINISTER,
    gives=serializers.ClaimOut,
    summary="Start the review of a claim",
    about="Begin to examine an accepted claim.",
)

ExtendDecision = act_view(
    extend_decision,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ClaimOut,
    summary="Extend the term of a decision",
    about="Give the decision more time, once.",
)

TerminateClaim = act_view(
    terminate_claim,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ClaimOut,
    about="End a claim that was not completed during review.",
)

RefuseClaim = act_view(
    refuse_claim,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ClaimOut,
    about="Refuse a claim under review.",
)

OpenNotice = act_view(
    open_notice,
    scope=Scope.ADMINISTER,
    gives=serializers.ClaimOut,
    summary="Open the public notice of a claim",
    about="Publish a claim, so that others can object.",
)

WaiveNotice = act_view(
    waive_notice,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ClaimOut,
    summary="Waive the public notice of a claim",
    about="Let a claim go on without public notice, for a reason.",
)

ConfirmClaim = act_view(
    confirm_claim,
    scope=Scope.ADMINISTER,
    takes=serializers.ConfirmClaimIn,
    gives=certificate_serializers.CertificateOut,
)
