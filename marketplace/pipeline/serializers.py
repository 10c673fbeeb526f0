"""What the pipeline API gives."""

from __future__ import annotations

from typing import Any

from marketplace.pipeline.models import SetAside
from marketplace.web.bounded import serializers


class PipelineOut(serializers.Serializer[Any]):
    """How far the pipeline is."""

    sealed = serializers.IntegerField()
    unsealed = serializers.IntegerField()
    behind = serializers.IntegerField()
    put_aside = serializers.IntegerField()


class SetAsideOut(serializers.ModelSerializer[SetAside]):
    """A reaction that was put aside."""

    entry = serializers.UUIDField(source="entry.reference")
    entry_kind = serializers.CharField(source="entry.kind")
    subject = serializers.CharField(source="entry.subject")
    error = serializers.CharField(source="worded_error")

    class Meta:
        model = SetAside
        fields = (
            "id",
            "entry",
            "entry_kind",
            "subject",
            "reaction",
            "error_code",
            "error",
            "attempts",
            "tried_at",
            "state",
            "created_at",
        )


class RetriedOut(serializers.Serializer[Any]):
    """What was tried again."""

    tried = SetAsideOut(many=True)
