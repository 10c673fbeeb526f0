from marketplace.rights.claim.models import Claim
from marketplace.web.bounded import serializers


class PublicNoticeOut(serializers.Serializer[Claim]):
    """What the register publishes of a claim."""

    id = serializers.UUIDField(source="pk")
    claimant = serializers.CharField(source="organization.name")
    claimant_uscc = serializers.CharField(source="organization.uscc")
    data_name = serializers.CharField(source="described.title")
    data_abstract = serializers.CharField(source="described.abstract")
    rights = serializers.ListField(child=serializers.CharField())
    term_years = serializers.IntegerField()
    restrictions = serializers.CharField()
    state = serializers.CharField()
    notice_from = serializers.DateField()
    notice_until = serializers.DateField(allow_null=True)
    notice_is_provisional = serializers.SerializerMethodField()
    notice_days_left = serializers.IntegerField(allow_null=True)

    def get_notice_is_provisional(self, claim: Claim) -> bool:
        """Return whether the calendar may still move the last day of the notice."""
        return "notice_until" in claim.provisional_terms
