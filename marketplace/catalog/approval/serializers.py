from typing import Any

from marketplace.catalog.approval.presentation import Change
from marketplace.catalog.approval.reviewing import Compared, Weakened
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.serializers import QualityRuleIO
from marketplace.catalog.version.serializers import DiffersOut
from marketplace.web.bounded import serializers


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
