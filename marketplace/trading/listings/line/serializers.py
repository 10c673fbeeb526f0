from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Every
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.source.extraction import Mode
from marketplace.catalog.version.serializers import DiffersOut
from marketplace.web.bounded import serializers


class ExtractionIn(serializers.Serializer[Any]):
    """How the rows of a source come: whole, by a number that counts up, or by their last change."""

    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.FULL.value)
    key = serializers.ListField(
        child=serializers.CharField(trim_whitespace=False),
        default=list,
        help_text="The columns that tell each row from every other; by key, the one that counts.",
    )
    changed_at = serializers.CharField(
        default="",
        allow_blank=True,
        trim_whitespace=False,
        help_text="By change: the column with the moment of a row's last change.",
    )
    overlap_minutes = serializers.IntegerField(
        default=0, help_text="Rows are drawn again that changed up to so long before the latest."
    )
    deleted = serializers.CharField(
        default="",
        allow_blank=True,
        trim_whitespace=False,
        help_text="The column that says that a row is deleted.",
    )
    list_every = serializers.IntegerField(
        default=0, help_text="Each so many times all keys are listed, to find what was deleted."
    )


class OpenFeedIn(serializers.Serializer[Any]):
    """How often new data comes, from when on, and from which source it is drawn."""

    every = serializers.ChoiceField(choices=Every.choices)
    first_on = serializers.DateField()
    grace_hours = serializers.IntegerField(min_value=0, default=24)
    source_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    extraction = ExtractionIn(default=dict)


class FeedOut(serializers.ModelSerializer[Feed]):
    """A feed."""

    extraction = ExtractionIn(source="rows_come", read_only=True)

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
