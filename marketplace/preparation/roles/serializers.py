"""What the API says of relabelled columns, and takes of who agrees."""

from __future__ import annotations

from typing import Any

from marketplace.preparation.models import ColumnRole, Station
from marketplace.preparation.roles_in_words import Agreed, RoleInWords
from marketplace.web.bounded import serializers


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


class ColumnsIn(serializers.Serializer[Any]):
    """The columns that are confirmed, each by its name."""

    columns = serializers.ListField(
        child=serializers.CharField(max_length=200, trim_whitespace=False)
    )
