from typing import Any

from marketplace.preparation.version.models import Look
from marketplace.web.bounded import serializers


class PreparedVersionOut(serializers.Serializer[Any]):
    """A source version on its way to a masked one."""

    version = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()


# What the API of looks takes and gives.


class LookOut(serializers.ModelSerializer[Look]):
    """A look at raw rows: whose, at which columns, of how many rows, and why."""

    person = serializers.UUIDField(source="person_id")
    columns = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Look
        fields = (
            *("id", "version", "person", "columns", "is_whole_column", "rows", "reason", "note"),
            "created_at",
        )
