from typing import Any

from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject
from marketplace.catalog.dataset.models import Dataset
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class ImpactIO(serializers.Serializer[Any]):
    """A harm that misuse of the data could do."""

    object = serializers.ChoiceField(choices=HarmedObject.choices)
    degree = serializers.ChoiceField(choices=HarmDegree.choices)


class DatasetDescriptionIn(ActSerializer):
    """The description of a dataset."""

    takes = staticmethod(DatasetDescription)


class DatasetOut(serializers.ModelSerializer[Dataset]):
    """A dataset."""

    impacts = ImpactIO(many=True)
    negative_list = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = (
            "id",
            "organization",
            "title",
            "abstract",
            "theme",
            "asset_kind",
            "source_kind",
            "source_description",
            "legal_basis",
            "personal_basis",
            "region",
            "time_scope",
            "update_frequency",
            "contact",
            "impacts",
            "negative_list",
            "grade",
            "state",
            "reason",
            "created_at",
        )
