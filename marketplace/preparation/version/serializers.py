from typing import Any

from marketplace.core import longest_of
from marketplace.preparation.version.models import Look, LookReason
from marketplace.web.bounded import serializers


class PreparedVersionOut(serializers.Serializer[Any]):
    """A source version on its way to a masked one."""

    version = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()


# What the API of looks takes and gives.


class LookIn(serializers.Serializer[Any]):
    """Why somebody looks: at a few rows, or at all values of a column that is named."""

    reason = serializers.ChoiceField(choices=LookReason.choices)
    note = serializers.CharField(max_length=longest_of(Look, "note"), allow_blank=True, default="")
    column = serializers.CharField(
        max_length=200, allow_blank=True, default="", trim_whitespace=False
    )


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
