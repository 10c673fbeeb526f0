from typing import Any

from marketplace.catalog.dataset.grading import NegativeItem
from marketplace.catalog.dataset.serializers import ImpactIO
from marketplace.web.bounded import serializers


class GradeDatasetIn(serializers.Serializer[Any]):
    """From what a grade follows."""

    impacts = ImpactIO(many=True)
    negative_list = serializers.ListField(
        child=serializers.ChoiceField(choices=NegativeItem.choices), default=list
    )
