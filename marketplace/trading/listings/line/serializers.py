from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.feed.services import open_feed
from marketplace.catalog.version.serializers import DiffersOut
from marketplace.web.bounded import serializers
from marketplace.web.taking import group_of


class FeedOut(serializers.ModelSerializer[Feed]):
    """A feed."""

    extraction = group_of(open_feed, "extraction")(source="rows_come", read_only=True)

    class Meta:
        model = Feed
        fields: tuple[str, ...] = (
            *("id", "dataset", "every", "first_on", "next_on", "grace_hours", "source"),
            *("extraction", "created_at", "ended_at"),
        )


class FedDatasetOut(serializers.ModelSerializer[Dataset]):
    """The dataset whose feed was ended."""

    class Meta:
        model = Dataset
        fields = ("id", "title", "state")


class ArrivalOut(serializers.Serializer[Any]):
    """One arrival: when it was expected and came, how far it is, what holds it."""

    due_on = serializers.DateField(source="arrival.due_on", allow_null=True)
    arrived_at = serializers.DateTimeField(source="arrival.arrived_at", allow_null=True)
    version = serializers.UUIDField(source="arrival.version_id", allow_null=True)
    same_as = serializers.UUIDField(
        source="arrival.same_as_id", allow_null=True, help_text="What came was this version."
    )
    is_late = serializers.BooleanField()
    held = serializers.CharField(source="arrival.held", allow_blank=True)
    held_details = serializers.ListField(
        child=serializers.CharField(), source="arrival.held_details"
    )
    differs = DiffersOut(source="arrival.differs")
    waiting_rows = serializers.IntegerField(
        source="counts.waiting_rows",
        default=0,
        help_text="Rows not shown until more like them come.",
    )
    staying_rows = serializers.IntegerField(
        source="counts.staying_rows",
        default=0,
        help_text="Rows shown until more like them are gone.",
    )
    revision = serializers.UUIDField(source="revision.pk", default=None, allow_null=True)


class LineOut(serializers.Serializer[Any]):
    """The feed of a dataset that goes on, null for none, and its newest arrivals."""

    feed = FeedOut(allow_null=True)
    steps = ArrivalOut(many=True)
