from typing import Any

from marketplace.web.bounded import serializers


class RenewLabellingIn(serializers.Serializer[Any]):
    """The version made anew."""

    version = serializers.UUIDField()
