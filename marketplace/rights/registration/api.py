"""Claims in the API: the claimant's acts, and those of the register."""

from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.core import Actor, Scope
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.registration import serializers
from marketplace.rights.registration.services import (
    attach_evidence,
    draft_claim,
)
from marketplace.web.api import ActView


class DraftClaim(ActView):
    """Begin to claim rights over a dataset."""

    takes = serializers.DraftClaimIn
    gives = serializers.ClaimOut
    creates = True
    made_at = "get_claim"
    scope = Scope.TRADE
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
    summary = "Attach evidence to a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Evidence:
        kind = EvidenceKind(data["kind"])
        return attach_evidence(
            ids["pk"], kind=kind, title=data["title"], upload=data["upload"], by=by
        )
