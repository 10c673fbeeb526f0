from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.registration.rules import acts_on_claim
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class EvidenceOut(serializers.ModelSerializer[Evidence]):
    """A file that supports a claim."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Evidence
        fields = ("id", "kind", "title", "name", "size", "sha256", "created_at")


class ClaimOut(serializers.ModelSerializer[Claim]):
    """A claim, for the claimant and the centre."""

    rights = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id",
            "number",
            "dataset",
            "organization",
            "kind",
            "procedure",
            "state",
            "version",
            "scope_sha256",
            "rights",
            "term_years",
            "restrictions",
            "industry",
            "contract_grants_right",
            "missing",
            "submitted_on",
            "reply_due_on",
            "supplement_due_on",
            "accepted_on",
            "was_accepted_silently",
            "decision_due_on",
            "decision_days_left",
            "was_extended",
            "extension_reason",
            "notice_from",
            "notice_until",
            "notice_days_left",
            "provisional_terms",
            "waive_reason",
            "deposited_on",
            "reason",
            "preceding",
            "limits",
            "reference",
            "grounds",
            "joined_at",
            "created_at",
        )


class OneClaimOut(ClaimOut):
    """A claim with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(ClaimOut.Meta):
        fields: tuple[str, ...] = (*ClaimOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, claim: Claim) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_claim(claim, actor(self.context["request"])).as_json()
