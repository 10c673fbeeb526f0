from typing import Any

from marketplace.core import longest_of
from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.web.bounded import serializers


class SecurityAssessmentIn(serializers.Serializer[Any]):
    """What the authority passed: for which buyer, by which reference, until when."""

    uscc = serializers.CharField(max_length=18)
    reference = serializers.CharField(max_length=longest_of(SecurityAssessment, "reference"))
    valid_until = serializers.DateField()


class SecurityAssessmentOut(serializers.ModelSerializer[SecurityAssessment]):
    """A security assessment that the centre recorded."""

    class Meta:
        model = SecurityAssessment
        fields = ("id", "dataset", "buyer", "reference", "valid_until", "created_at")
