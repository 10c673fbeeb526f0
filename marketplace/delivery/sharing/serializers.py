from typing import Any

from marketplace.web.bounded import serializers


class SharingItemOut(serializers.Serializer[Any]):
    """A share, as the Delta Sharing protocol describes it."""

    share = serializers.DictField()


class SharingItemsOut(serializers.Serializer[Any]):
    """What a key opens, as the Delta Sharing protocol lists it."""

    items = serializers.ListField(child=serializers.DictField())
