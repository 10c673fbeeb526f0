from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.core import longest_of
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.policy.checking import Limits
from marketplace.preparation.policy.copying import CopiedPolicy, Former
from marketplace.preparation.policy.models import (
    LONGEST_REASON,
    MaskingPolicy,
    Relabelling,
    Station,
)
from marketplace.preparation.policy.presentation import Agreed, RoleInWords, roles_in_words
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class ColumnRuleOut(serializers.Serializer[Any]):
    """What happens to one column."""

    name = serializers.CharField(max_length=200, trim_whitespace=False)
    role = serializers.ChoiceField(choices=ColumnRole.choices)
    mask = serializers.CharField(max_length=longest_of(Relabelling, "mask"))
    options = serializers.DictField(required=False, default=dict)
    diversity = serializers.DictField(required=False)
    closeness = serializers.DictField(required=False)
    from_to = serializers.BooleanField(
        required=False,
        help_text="Whether intervals come as two columns, where each begins and where it ends.",
    )


class ColumnRuleIn(ColumnRuleOut):
    """What to do with one column; `reason` says why a class is taken away that was found."""

    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True)


class SyntheticIn(serializers.Serializer[Any]):
    """A synthetic copy in place of masked rows: columns are drawn anew (keep) or left out (drop).

    `domains` says by column which values there can be, known without looking at the data:
    `{"values": […]}`, `{"low", "high", "bins", "decimals"}` or `{"edges": […], "decimals"}`.
    """

    epsilon = serializers.CharField(max_length=20)
    delta = serializers.CharField(max_length=20)
    rows = serializers.IntegerField(required=False)
    person_rows = serializers.IntegerField(required=False)
    domains = serializers.DictField(child=serializers.DictField())


class PolicyIn(ActSerializer):
    """A policy: a rule for every column, and what the release must reach."""

    takes = Limits
    suppression_limit = serializers.FloatField(required=False)
    synthetic = SyntheticIn(required=False)
    columns = ColumnRuleIn(many=True)


class PolicyDocumentOut(serializers.Serializer[Any]):
    """A policy as it would be sent, without reasons: whoever sends it gives their own."""

    smallest_class = serializers.IntegerField()
    suppression_limit = serializers.FloatField()
    method = serializers.CharField()
    person = serializers.CharField(required=False)
    synthetic = SyntheticIn(required=False)
    columns = ColumnRuleOut(many=True)


# What the API says of relabelled columns, and takes of who agrees.


class AgreedOut(serializers.Serializer[Agreed]):
    """A second person who agreed, by their function."""

    station = serializers.ChoiceField(choices=Station.choices)
    at = serializers.DateTimeField()


class RelabelledOut(serializers.Serializer[RoleInWords]):
    """A column that counts for less than was found: evidence, reason, and who agreed."""

    column = serializers.CharField()
    found_as = serializers.ChoiceField(source="row.found_as", choices=ColumnRole.choices)
    decided_as = serializers.ChoiceField(source="row.decided_as", choices=ColumnRole.choices)
    mask = serializers.CharField(source="row.mask")
    confidence = serializers.FloatField(source="row.confidence")
    evidence = serializers.CharField()
    reason = serializers.CharField(source="row.reason")
    written_at = serializers.DateTimeField(source="row.written_at")
    agreed = AgreedOut(many=True)


class ConfirmedPolicyOut(serializers.ModelSerializer[MaskingPolicy]):
    """A confirmed policy, without the values that its levels list."""

    document = PolicyDocumentOut(source="shown")
    relabelled = serializers.SerializerMethodField()

    class Meta:
        model = MaskingPolicy
        fields = ("id", "version", "document", "digest", "relabelled", "created_at")

    @extend_schema_field(RelabelledOut(many=True))
    def get_relabelled(self, policy: MaskingPolicy) -> list[Any]:
        """Return the columns that it takes for less than was found."""
        return [RelabelledOut(one).data for one in roles_in_words(policy)]


class PolicyToDecideOut(serializers.Serializer[Any]):
    """The policy of a version: as confirmed, or as the library proposes it."""

    is_confirmed = serializers.BooleanField()
    document = PolicyDocumentOut()


class FormerPolicyOut(serializers.Serializer[Former]):
    """A policy of other data of the organization, and how many of the columns it names."""

    id = serializers.UUIDField(source="key")
    dataset = serializers.UUIDField(source="policy.version.dataset_id")
    title = serializers.CharField(source="policy.version.dataset.title")
    version = serializers.UUIDField(source="policy.version_id")
    columns = serializers.IntegerField()
    alike = serializers.IntegerField()


class FormerPoliciesOut(serializers.Serializer[Any]):
    """What can be copied, what shares most columns first."""

    policies = FormerPolicyOut(many=True)


class CopiedPolicyOut(serializers.Serializer[CopiedPolicy]):
    """What a policy becomes here, to be looked over and confirmed, and what did not fit."""

    copied_from = serializers.UUIDField(source="source.pk")
    notes = serializers.ListField(child=serializers.CharField())
    document = PolicyDocumentOut()
