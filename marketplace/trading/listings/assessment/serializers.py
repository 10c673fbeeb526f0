from typing import Any

from marketplace.core import longest_of
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.rules import acts_on_assessment
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class AssessmentReturnIn(serializers.Serializer[Any]):
    """Why an assessment is returned."""

    reason = serializers.CharField(max_length=longest_of(ImpactAssessment))


class AssessmentOut(serializers.ModelSerializer[ImpactAssessment]):
    """An impact assessment with the acts on it."""

    acts = ActsField(acts_on_assessment)

    class Meta:
        model = ImpactAssessment
        fields = (
            *("id", "version", "organization", "policy_digest", "cases", "purpose", "necessity"),
            *("risks", "measures", "state", "reason", "made_by_id", "approved_by_id"),
            *("approved_at", "kept_until", "created_at", "acts"),
        )
