"""What the appraisal API takes and gives."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field

from marketplace.appraisal.adapters.results import Calculation, Replayed
from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import (
    APPROACHES,
    BESIDE,
    Appraisal,
    Approach,
    Method,
)
from marketplace.appraisal.appraisal.presentation import worded_warnings_of
from marketplace.appraisal.appraisal.rules import acts_on_appraisal
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    withdraw_appraisal,
)
from marketplace.core import longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer, serializer_of


class ApproachIn(serializers.Serializer[Any]):
    """One approach to the value, with the inputs of the `valuation` library."""

    method = serializers.ChoiceField(choices=[*APPROACHES, *BESIDE])
    inputs = serializers.DictField(
        help_text=(
            "As `valuation` documents them for the method. `sources` says where each figure comes "
            "from; money is in the centre's currency."
        )
    )
    weight = serializers.DecimalField(
        max_digits=7,
        decimal_places=6,
        min_value=Decimal(0),
        max_value=Decimal(1),
        required=False,
        allow_null=True,
        default=None,
        help_text="How much it counts among several; together they are 1.",
    )
    reason = serializers.CharField(
        max_length=longest_of(Approach),
        required=False,
        allow_blank=True,
        default="",
        help_text="Why that much.",
    )


class ValueIn(ActSerializer):
    """What the valuation is for, the day, and one or several approaches.

    A single approach may be given as `method` and `inputs` instead of a list.
    """

    takes = staticmethod(draft_appraisal)
    approaches = ApproachIn(many=True, required=False)
    method = serializers.ChoiceField(choices=list(APPROACHES), required=False)
    inputs = serializers.DictField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Make a list of approaches of either way to give them."""
        method, inputs = attrs.pop("method", None), attrs.pop("inputs", None)
        given = attrs.get("approaches")
        if (given is None) == (inputs is None):
            raise serializers.ValidationError(
                {"approaches": [_("Give either a list of approaches, or a method with inputs.")]}
            )
        rows = [{"method": method or Method.COST, "inputs": inputs}] if given is None else given
        return {**attrs, "approaches": [GivenApproach(**row) for row in rows]}


ValuationChecklistIn = serializer_of(
    approve_appraisal,
    name="ValuationChecklistIn",
    about="The points that the reviewer has checked: all of them, to approve.",
)
ValuationReasonIn = serializer_of(withdraw_appraisal, name="ValuationReasonIn", about="A reason.")


class ApproachOut(serializers.ModelSerializer[Approach]):
    """An approach behind a value; without a weight it is shown beside and never counts."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    inputs = serializers.JSONField()
    result = serializers.JSONField()

    class Meta:
        model = Approach
        fields = ("method", "amount", "weight", "reason", "library_version", "inputs", "result")


class AppraisalOut(serializers.ModelSerializer[Appraisal]):
    """A valuation: a reference value, no appraisal report and no audit opinion."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    low = serializers.DecimalField(max_digits=18, decimal_places=2)
    high = serializers.DecimalField(max_digits=18, decimal_places=2)
    inputs = serializers.JSONField()
    result = serializers.JSONField()
    approaches = ApproachOut(many=True)
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = Appraisal
        fields: tuple[str, ...] = (
            *("id", "dataset", "version", "certificate", "organization", "method", "purpose"),
            *("inputs", "result", "result_digest", "library_version", "amount", "low"),
            *("high", "currency", "approaches"),
            *("valued_on", "valid_until", "state", "reason", "warnings", "credential"),
            "created_at",
        )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, appraisal: Appraisal) -> list[str]:
        """Say what a reader of the figure has to know."""
        return worded_warnings_of(appraisal)


class OneAppraisalOut(AppraisalOut):
    """A valuation with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_appraisal)

    class Meta(AppraisalOut.Meta):
        fields: tuple[str, ...] = (*AppraisalOut.Meta.fields, "acts")


class ReportedApproachOut(serializers.Serializer[Any]):
    """An approach in a report, with its whole result."""

    method = serializers.CharField()
    value = serializers.CharField()
    weight = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    library_version = serializers.CharField()
    result = serializers.DictField()


class ReportOut(serializers.Serializer[Any]):
    """The report of a valuation: a reference value, no appraisal report and no audit opinion."""

    kind = serializers.CharField()
    statement = serializers.CharField()
    appraisal = serializers.UUIDField()
    state = serializers.CharField()
    dataset = serializers.DictField(child=serializers.CharField())
    version = serializers.IntegerField()
    version_sha256 = serializers.CharField()
    organization = serializers.CharField()
    certificate_number = serializers.CharField()
    rights = serializers.ListField(child=serializers.CharField())
    purpose = serializers.CharField()
    valued_on = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    currency = serializers.CharField()
    low = serializers.CharField()
    value = serializers.CharField()
    high = serializers.CharField()
    method = serializers.CharField()
    approaches = ReportedApproachOut(many=True)
    reconciliation = serializers.DictField(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField())
    library_version = serializers.CharField()
    result_digest = serializers.CharField()
    credential_number = serializers.CharField(allow_null=True)


class CalculateIn(serializers.Serializer[Any]):
    """A method by its name, and its inputs as in an input file of the command line."""

    method = serializers.CharField(max_length=60)
    inputs = serializers.DictField()


class CalculationOut(serializers.Serializer[Calculation]):
    """What a method answers: a reference value, no appraisal report and no audit opinion.

    `figures` has the method's own names, as on the command line; `result` holds them exactly, with
    the explanation, and can be computed anew.
    """

    method = serializers.CharField()
    version = serializers.CharField()
    amount = serializers.DecimalField(
        max_digits=40,
        decimal_places=2,
        allow_null=True,
        help_text="To the cent, where it is money.",
    )
    currency = serializers.CharField()
    figures = serializers.DictField()
    warnings = serializers.ListField(child=serializers.CharField())
    result = serializers.DictField()


class ReplayOut(serializers.Serializer[Replayed]):
    """Whether the stored inputs give the same cents again."""

    same = serializers.BooleanField()
    amount_then = serializers.CharField()
    amount_now = serializers.CharField()
    version_then = serializers.CharField()
    version_now = serializers.CharField()
    sentence = serializers.CharField()
