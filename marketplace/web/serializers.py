"""What many API views take."""

from __future__ import annotations

from typing import Any

from marketplace.web.bounded import serializers


class ReasonIn(serializers.Serializer[Any]):
    """A reason that is kept."""

    reason = serializers.CharField(max_length=500)


class ActOut(serializers.Serializer[Any]):
    """Whether an act is open to whoever asks; if not, the code and the sentence of the refusal."""

    allowed = serializers.BooleanField()
    code = serializers.CharField(required=False)
    detail = serializers.CharField(required=False)
