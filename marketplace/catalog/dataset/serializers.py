from typing import Any

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject
from marketplace.catalog.dataset.models import Dataset
from marketplace.web.bounded import serializers


class ImpactIO(serializers.Serializer[Any]):
    """A harm that misuse of the data could do."""

    object = serializers.ChoiceField(choices=HarmedObject.choices)
    degree = serializers.ChoiceField(choices=HarmDegree.choices)


class DatasetDescriptionIn(serializers.Serializer[Any]):
    """The description of a dataset."""

    title = serializers.CharField(help_text="At most 40 characters.")
    abstract = serializers.CharField(help_text="At most 400 characters.")
    theme = serializers.ChoiceField(choices=Theme.choices)
    asset_kind = serializers.ChoiceField(choices=AssetKind.choices)
    source_kind = serializers.ChoiceField(choices=SourceKind.choices)
    source_description = serializers.CharField()
    legal_basis = serializers.CharField()
    personal_basis = serializers.ChoiceField(
        choices=PersonalBasis.choices, allow_blank=True, default=""
    )
    region = serializers.CharField()
    time_scope = serializers.CharField()
    update_frequency = serializers.ChoiceField(choices=UpdateFrequency.choices)
    contact = serializers.CharField()


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
