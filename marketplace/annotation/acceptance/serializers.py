from typing import Any

from marketplace.web.bounded import serializers


class InspectBatchIn(serializers.Serializer[Any]):
    """The places of the wrong labels in the sample; none where all are right."""

    wrong = serializers.ListField(child=serializers.IntegerField(min_value=1))
