"""What the appraisal API takes and gives."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from marketplace.appraisal import adapters
from marketplace.appraisal.adapters import Replayed
from marketplace.appraisal.models import Appraisal, Method, Purpose
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind


class ReviseAppraisalIn(serializers.Serializer[Any]):
    """Inputs of the `valuation` library, and what the valuation is for."""

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    inputs = serializers.DictField(
        help_text=(
            "As `valuation` documents them for the method. `sources` says where each figure comes "
            "from; money is in the centre's currency."
        )
    )


class DraftAppraisalIn(ReviseAppraisalIn):
    """A new valuation."""

    method = serializers.ChoiceField(choices=Method.choices, default=Method.COST)


class ValuationChecklistIn(serializers.Serializer[Any]):
    """The points that the reviewer has checked: all of them, to approve."""

    checklist = serializers.ListField(
        child=serializers.ChoiceField(
            choices=[code for code, _sentence in CHECKLISTS[CaseKind.VALUATION]]
        )
    )


class ValuationReasonIn(serializers.Serializer[Any]):
    """A reason."""

    reason = serializers.CharField(max_length=1000)


class AppraisalOut(serializers.ModelSerializer[Appraisal]):
    """A valuation: a reference value, no appraisal report and no audit opinion."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    inputs = serializers.JSONField()
    result = serializers.JSONField()
    warnings = serializers.SerializerMethodField()
    credential = serializers.SerializerMethodField()

    class Meta:
        model = Appraisal
        fields = (
            *("id", "dataset", "version", "certificate", "organization", "method", "purpose"),
            *("inputs", "result", "result_digest", "library_version", "amount", "currency"),
            *("valued_on", "valid_until", "state", "reason", "warnings", "credential"),
            "created_at",
        )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, appraisal: Appraisal) -> list[str]:
        """Say what a reader of the figure has to know."""
        return adapters.worded_warnings(appraisal.result)

    def get_credential(self, appraisal: Appraisal) -> str | None:
        """Answer the number of the signed credential, once it was approved."""
        return appraisal.credential.number if appraisal.credential else None


class ReplayOut(serializers.Serializer[Replayed]):
    """Whether the stored inputs give the same cents again."""

    same = serializers.BooleanField()
    amount_then = serializers.CharField()
    amount_now = serializers.CharField()
    version_then = serializers.CharField()
    version_now = serializers.CharField()
    sentence = serializers.CharField()
