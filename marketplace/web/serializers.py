"""What many API views take."""

from __future__ import annotations

from typing import Any

from marketplace.web.bounded import serializers


class ReasonIn(serializers.Serializer[Any]):
    """A reason that is kept."""

    reason = serializers.CharField(max_length=500)
