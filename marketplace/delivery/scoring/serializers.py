from typing import Any

from marketplace.web.bounded import serializers


class BytesField(serializers.Field[bytes, bytes, bytes, Any]):
    """Bytes as a parser read them."""

    def to_internal_value(self, data: bytes) -> bytes:
        """Take them."""
        return data

    def to_representation(self, value: bytes) -> bytes:
        """Give them."""
        return value


class ScoreTableIn(serializers.Serializer[Any]):
    """A CSV table with a column for each feature of the model's schema."""

    table = BytesField()


class ScoredTableOut(serializers.Serializer[Any]):
    """What is kept of an answer."""

    rows = serializers.IntegerField()
