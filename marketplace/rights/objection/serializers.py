from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.objection.rules import acts_on_objection
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class ExhibitOut(serializers.ModelSerializer[Exhibit]):
    """A file that a party to an objection showed."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Exhibit
        fields = ("id", "organization", "title", "name", "size", "sha256", "created_at")


class ObjectionOut(serializers.ModelSerializer[Objection]):
    """An objection, for both parties and the centre."""

    class Meta:
        model = Objection
        fields: tuple[str, ...] = (
            "id",
            "claim",
            "organization",
            "text",
            "state",
            "due_on",
            "notify_due_on",
            "holder_told_at",
            "provisional_terms",
            "reason",
            "decided_at",
            "created_at",
        )


class OneObjectionOut(ObjectionOut):
    """An objection with the acts on it."""

    acts = serializers.SerializerMethodField()

    class Meta(ObjectionOut.Meta):
        fields: tuple[str, ...] = (*ObjectionOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, objection: Objection) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_objection(objection, actor(self.context["request"])).as_json()
