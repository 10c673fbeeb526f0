"""What the API of projects that go on over another version takes."""

from typing import Any

from marketplace.web.bounded import serializers


class RenewLabellingIn(serializers.Serializer[Any]):
    """The version made anew."""

    version = serializers.UUIDField()
