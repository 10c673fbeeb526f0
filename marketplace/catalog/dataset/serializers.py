from typing import Any

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, NegativeItem
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.presentation import Change
from marketplace.catalog.dataset.reviewing import Compared, Weakened
from marketplace.catalog.dataset.rules import acts_on_dataset
from marketplace.catalog.quality.serializers import QualityRuleIO
from marketplace.catalog.version.serializers import DiffersOut
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


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


class GradeDatasetIn(serializers.Serializer[Any]):
    """From what a grade follows."""

    impacts = ImpactIO(many=True)
    negative_list = serializers.ListField(
        child=serializers.ChoiceField(choices=NegativeItem.choices), default=list
    )


class ApproveDatasetIn(serializers.Serializer[Any]):
    """The points that the reviewer has looked at; all are needed."""

    checklist = serializers.ListField(child=serializers.CharField())


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


class OneDatasetOut(DatasetOut):
    """A dataset with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_dataset)

    class Meta(DatasetOut.Meta):
        fields: tuple[str, ...] = (*DatasetOut.Meta.fields, "acts")


# What the API says to the reviewer of a dataset.


class ChangeOut(serializers.Serializer[Change]):
    """What is said otherwise than it was approved."""

    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(allow_blank=True)
    now = serializers.CharField(allow_blank=True)


class AllowedOut(serializers.Serializer[Any]):
    """What a feed may bring by itself in a part of its tables, such as a column, in words."""

    part = serializers.CharField()
    allowed = serializers.CharField()

    def to_representation(self, line: tuple[str, str]) -> dict[str, str]:
        """Write what stands on a line of the page."""
        return dict(zip(self.fields, line, strict=True))


class WeakenedOut(serializers.Serializer[Weakened]):
    """Rules of quality that promise less than those before, and why."""

    reason = serializers.CharField(source="now.reason")
    before = QualityRuleIO(source="before.rules", many=True)
    now = QualityRuleIO(source="now.rules", many=True)


class DatasetReviewOut(serializers.Serializer[Compared]):
    """A dataset beside what was approved of it: what is said, the values, what is promised.

    `differs` has in what the newest data of a feed goes beyond what was approved before, `allowed`
    what the feed may bring from the approval on; both are empty where no feed is open.
    """

    dataset = serializers.UUIDField(source="dataset.pk")
    state = serializers.ChoiceField(
        source="dataset.state", choices=Dataset._meta.get_field("state").flatchoices
    )
    changes = ChangeOut(many=True)
    differs = DiffersOut()
    allowed = AllowedOut(many=True)
    weakened = WeakenedOut(allow_null=True)
