"""The claimant's side of the API, and what both sides read of claims."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.rights import serializers
from marketplace.rights.choices import EvidenceKind
from marketplace.rights.models import Claim, Evidence
from marketplace.rights.selectors import claims_visible_to, evidence_of
from marketplace.rights.serializers.one import OneClaimOut
from marketplace.rights.services.claims import (
    attach_evidence,
    draft_claim,
    submit_claim,
    withdraw_claim,
)
from marketplace.web.api import ActView, ListView, ThingView


class Claims(ListView):
    """The claims that the caller may see."""

    gives = serializers.ClaimOut
    operation = "list_claims"
    summary = "List claims"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Claim]:
        """Select."""
        return claims_visible_to(by)


class OneClaim(ThingView):
    """A claim, with the acts on it that are open to whoever asks, and why the others are not."""

    gives = OneClaimOut
    operation = "get_claim"
    summary = "Get a claim"

    def thing(self, by: Actor, **ids: UUID) -> Claim:
        """Select."""
        return visible(claims_visible_to(by), pk=ids["pk"])


class ClaimEvidence(ListView):
    """The evidence of a claim."""

    gives = serializers.EvidenceOut
    operation = "list_evidence"
    summary = "List the evidence of a claim"

    def rows(self, by: Actor, request: Request, **ids: UUID) -> QuerySet[Evidence]:
        """Select."""
        return evidence_of(visible(claims_visible_to(by), pk=ids["pk"]))


class DraftClaim(ActView):
    """Begin to claim rights over a dataset."""

    takes = serializers.DraftClaimIn
    gives = serializers.ClaimOut
    creates = True
    operation = "draft_claim"
    summary = "Draft a claim of rights"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Draft."""
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
        """Attach."""
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
        """Submit."""
        return submit_claim(ids["pk"], by=by)


class WithdrawClaim(ActView):
    """Take a claim back before it is deposited."""

    gives = serializers.ClaimOut
    operation = "withdraw_claim"
    summary = "Withdraw a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        """Withdraw."""
        return withdraw_claim(ids["pk"], by=by)
