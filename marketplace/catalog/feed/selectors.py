"""Read feeds, and what they brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Every
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.source.extraction import Watermark, Whole
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.states import SourceState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, clock
from marketplace.core.months import months_after
from marketplace.jobs.states import JobState

DRAWN_AGAIN_AFTER = timedelta(hours=1)
"""A drawing that failed for a period that waits is tried again after so long."""


def feeds_visible_to(by: Actor) -> QuerySet[Feed]:
    """Return every feed to the centre's staff, else those of the actor's organization."""
    rows = Feed.objects.select_related("dataset__organization", "source")
    return rows_of_holder(rows, by, holder="dataset__organization_id")


def feed_of(dataset_id: UUID) -> Feed | None:
    """Find the feed of a dataset that goes on."""
    return Feed.objects.filter(dataset_id=dataset_id, ended_at=None).first()


def open_feeds(datasets: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the feeds that go on, by their datasets."""
    rows = Feed.objects.filter(dataset__in=list(datasets), ended_at=None)
    return dict(rows.values_list("dataset_id", "pk"))


def sets_aside(dataset: Dataset) -> bool:
    """Return whether other columns that come to a dataset are set aside.

    That is so for a feed: what was approved goes on, and a person decides on what is other.
    """
    return dataset.is_approved and feed_of(dataset.pk) is not None


def feed_that_brought(version: DatasetVersion) -> Feed | None:
    """Find the feed that goes on and brought a version that nothing holds."""
    arrival = Arrival.objects.filter(version=version, held="").select_related("feed").first()
    return arrival.feed if arrival is not None and arrival.feed.ended_at is None else None


def arrival_of(version: DatasetVersion) -> Arrival | None:
    """Find what is known of the arrival of a version that a feed brought."""
    return Arrival.objects.filter(version=version).first()


def arrivals_of(dataset: Dataset) -> QuerySet[Arrival]:
    """Return what the feeds of a dataset brought and wait for, the newest first."""
    rows = Arrival.objects.filter(feed__dataset=dataset)
    rows = rows.select_related("version__file", "same_as", "feed")
    return rows.order_by("-created_at", "-due_on")


def feeds_due(today: date) -> QuerySet[Feed]:
    """Return the feeds whose next arrival is expected by a day."""
    return Feed.objects.filter(ended_at=None, next_on__lte=today)


def untold() -> QuerySet[Arrival]:
    """Return what has not come and was not told of; what was set aside is as good as that."""
    aside = Q(version__is_set_aside=True) | Q(same_as__is_set_aside=True)
    return Arrival.objects.filter(Q(arrived_at=None) | aside, late_told_at=None)


def arrivals_missed() -> list[Arrival]:
    """Return what should have arrived, has not, and was not told of yet."""
    waiting = untold().filter(feed__ended_at=None, due_on__lte=clock.today())
    waiting = waiting.select_related("feed__dataset")
    return [each for each in waiting if late_from(each) <= clock.now()]


def feeds_to_draw_again() -> QuerySet[Feed]:
    """Return the feeds with a period that waits, and whose last drawing failed some time ago."""
    last = Drawing.objects.filter(source=OuterRef("source")).order_by("-created_at")
    failed = Drawing.objects.filter(
        pk=OuterRef("last_drawing"),
        state=JobState.FAILED,
        ended_at__lte=clock.now() - DRAWN_AGAIN_AFTER,
    )
    waiting = Arrival.objects.filter(feed=OuterRef("pk"), arrived_at=None)
    feeds = Feed.objects.filter(ended_at=None, source__state=SourceState.IN_USE)
    feeds = feeds.annotate(last_drawing=Subquery(last.values("pk")[:1]))
    return feeds.filter(Exists(waiting), Exists(failed))


@dataclass(frozen=True)
class Base:
    """The version that new and changed rows are applied to, and where the drawing of it ended."""

    version: DatasetVersion
    mark: Watermark


def base_of(
    source: DatabaseSource, extraction: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Base | Whole:
    """Return what new rows of a source are applied to, or why the whole table is drawn.

    That is the newest version of its dataset, if the feed that goes on has drawn it in this way;
    what was set aside since is as if it had never come.
    """
    feed = feed_of(source.dataset_id)
    if feed is None or (feed.source_id, feed.extraction, feed.wanted) != (
        source.pk,
        extraction,
        wanted,
    ):
        return Whole.FIRST
    came = Arrival.objects.filter(feed=feed).exclude(arrived_at=None)
    came = came.exclude(version__is_set_aside=True).exclude(same_as__is_set_aside=True)
    last = came.select_related("version__file", "same_as__file").order_by("-arrived_at").first()
    if last is None or not came.exclude(watermark={}).exists():
        return Whole.FIRST
    version = last.brought
    if version is None or not last.watermark or version != latest_source_version(source.dataset):
        return Whole.OTHER
    if version.raw_destroyed_at is not None:
        return Whole.DESTROYED
    return Base(version, Watermark.of(last.watermark))


def late_from(arrival: Arrival) -> datetime:
    """Return the moment from which what was expected is late."""
    assert arrival.due_on is not None, "What nobody expected is never late."
    end = datetime.combine(arrival.due_on + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(end) + timedelta(hours=arrival.feed.grace_hours)


def day_after(day: date, every: str, *, first: date) -> date:
    """Return when the next arrival is expected after one on a day.

    Months count from the day of the first, so that the 31st comes back after a shorter month.
    """
    if every == Every.DAY:
        return day + timedelta(days=1)
    if every == Every.WEEK:
        return day + timedelta(days=7)
    months = (day.year - first.year) * 12 + day.month - first.month
    return months_after(first, months + 1)


def held_versions(versions: Iterable[UUID]) -> dict[UUID, str]:
    """Return which of these versions a feed brought and something held, and the code of what."""
    rows = Arrival.objects.filter(version__in=list(versions)).exclude(held="")
    return {key: held for key, held in rows.values_list("version", "held") if key is not None}
