from typing import Any

from marketplace.web.bounded import serializers


class MakeModelAssetIn(serializers.Serializer[Any]):
    """What the new dataset is called, and what the model does."""

    title = serializers.CharField(max_length=40)
    abstract = serializers.CharField(max_length=400)
