"""Claims in the API: the claimant's acts, and those of the register."""

from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.core import Actor, Scope
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Evidence
from marketplace.rights.registration import serializers
from marketplace.rights.registration.services import (
    attach_evidence,
)
from marketplace.web.api import ActView


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
