from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.catalog.lineage.models import Origin
from marketplace.web.bounded import serializers


class OriginOut(serializers.ModelSerializer[Origin]):
    """One thing that a dataset was made from."""

    class Meta:
        model = Origin
        fields: tuple[str, ...] = (
            *("id", "dataset", "kind", "upstream", "upstream_version", "reference"),
            *("credential_sha256", "forbids_offering", "created_at", "withdrawn_at", "reason"),
        )


class StepOut(serializers.Serializer[Any]):
    """An origin, why it may not be used (null where it may), and what is above it."""

    origin = OriginOut()
    trouble = serializers.CharField(allow_null=True)
    above = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_above(self, step: Any) -> list[dict[str, Any]]:
        """Return the steps above, in the same form."""
        return [dict(StepOut(each, context=self.context).data) for each in step.above]


class LineageOut(serializers.Serializer[Any]):
    """What a dataset was made from, and the datasets of its organization made of it."""

    dataset = serializers.UUIDField(source="dataset.pk")
    above = StepOut(many=True)
    below = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_below(self, lineage: Any) -> list[str]:
        """Return their ids."""
        return [str(each.pk) for each in lineage.below]
