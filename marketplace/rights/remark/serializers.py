from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.rules import acts_on_remark
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class RemarkOut(serializers.ModelSerializer[Remark]):
    """A remark on a certificate."""

    class Meta:
        model = Remark
        fields: tuple[str, ...] = (
            "id",
            "certificate",
            "kind",
            "authority",
            "document_number",
            "text",
            "state",
            "in_force_from",
            "lift_authority",
            "lift_document_number",
            "lifted_on",
            "created_at",
        )


class OneRemarkOut(RemarkOut):
    """A remark with the acts on it."""

    acts = serializers.SerializerMethodField()

    class Meta(RemarkOut.Meta):
        fields: tuple[str, ...] = (*RemarkOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, remark: Remark) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_remark(remark, actor(self.context["request"])).as_json()
