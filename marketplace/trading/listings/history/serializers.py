from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.catalog.quality.comparing import Change
from marketplace.trading.listings.history.presentation import rule_changes
from marketplace.trading.listings.history.selectors import Freshness, PublicRevision, told_of
from marketplace.trading.listings.revision.promises import RevisionRules
from marketplace.web.bounded import serializers


def _count(name: str) -> serializers.IntegerField:
    return serializers.IntegerField(source=f"difference.{name}", allow_null=True, default=None)


def _names(name: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(), source=f"difference.{name}", default=list
    )


class ShareOut(serializers.Serializer[Any]):
    """A rule of quality by its key in the sheet, and the share that kept it; null if unchecked."""

    rule = serializers.CharField()
    share = serializers.FloatField(allow_null=True)


class RuleChangeOut(serializers.Serializer[Any]):
    """What became of a rule since the revision before; `rule` is its key in the sheet."""

    change = serializers.ChoiceField(choices=Change.choices)
    rule = serializers.CharField(source="key")
    promises_less = serializers.BooleanField()
    text = serializers.CharField()


class RevisionRulesOut(serializers.Serializer[RevisionRules]):
    """The rules of quality that hold, by number and digest, and what became of those before.

    `version` is null where there are none.
    """

    version = serializers.IntegerField(source="number", allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    promises_less = serializers.BooleanField()
    changed = serializers.SerializerMethodField()

    @extend_schema_field(RuleChangeOut(many=True))
    def get_changed(self, rules: RevisionRules) -> list[Any]:
        """Return what became of each rule."""
        return list(RuleChangeOut(rule_changes(rules), many=True).data)


class PublicRevisionOut(serializers.Serializer[PublicRevision]):
    """A revision that was live.

    Counts are null until it was compared with the one before, and where its columns are others.
    `due_on` is the day on which its feed was to bring it; `was_late` says that this was told.
    `rules` are those by which it went live.
    """

    number = serializers.IntegerField(source="revision.number")
    arrived_at = serializers.DateTimeField()
    live_at = serializers.DateTimeField(source="revision.live_at")
    due_on = serializers.DateField(allow_null=True)
    was_late = serializers.BooleanField()
    period = serializers.CharField(source="revision.period", allow_blank=True)
    verdict = serializers.CharField(source="revision.verdict")
    sha256 = serializers.CharField(source="revision.sha256")
    rows = serializers.IntegerField(source="revision.version.rows")
    rows_inserted = _count("inserted")
    rows_updated = _count("updated")
    rows_deleted = _count("deleted")
    columns_added = _names("added_columns")
    columns_removed = _names("removed_columns")
    columns_retyped = _names("retyped_columns")
    rules = RevisionRulesOut()
    quality = serializers.SerializerMethodField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return what is told of a revision that `public_revisions` has fetched."""
        [told] = told_of([instance])
        found: dict[str, Any] = super().to_representation(told)
        return found

    @extend_schema_field(ShareOut(many=True))
    def get_quality(self, told: PublicRevision) -> list[dict[str, Any]]:
        """Return the share of each rule."""
        return [{"rule": key, "share": share} for key, share in told.shares.items()]


class LateOut(serializers.Serializer[Any]):
    """Data that was expected on a day, and told to be late at a moment."""

    due_on = serializers.DateField()
    late_told_at = serializers.DateTimeField()


class FreshnessOut(serializers.Serializer[Freshness]):
    """What the seller promises, and how it is kept; `every` is null for what is no feed.

    `late` has the days whose data was told to be late and is not live. `is_late` says whether
    nothing newer went live since.
    """

    every = serializers.CharField(source="feed.every", allow_null=True, default=None)
    expected_on = serializers.DateField(allow_null=True)
    newest = serializers.IntegerField(source="newest.number", allow_null=True, default=None)
    newest_live_at = serializers.DateTimeField(
        source="newest.live_at", allow_null=True, default=None
    )
    is_late = serializers.BooleanField()
    late = LateOut(many=True)
