"""What the pipeline API gives."""

from typing import Any

from desensitize.confinement.ways import Way
from marketplace.pipeline.models import SetAside
from marketplace.web.bounded import serializers


class ReadersOut(serializers.Serializer[Any]):
    """How the processes that read strangers' files are closed off, as it was tried.

    `way` is how they are kept from the network: by a namespace of their own beside a filter, by the
    filter, or not at all. `is_isolated` says that they reach neither anybody nor other files.
    """

    way = serializers.ChoiceField(choices=[way.value for way in Way])
    has_closed_files = serializers.BooleanField()
    is_isolated = serializers.BooleanField()
    must_be_isolated = serializers.BooleanField()
    found = serializers.CharField()


class PipelineOut(serializers.Serializer[Any]):
    """How far the pipeline is."""

    sealed = serializers.IntegerField()
    unsealed = serializers.IntegerField()
    behind = serializers.IntegerField()
    put_aside = serializers.IntegerField()
    readers = ReadersOut()


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
