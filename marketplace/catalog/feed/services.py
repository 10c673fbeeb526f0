"""Officers open feeds and end them; the centre's software expects what is due."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed import rules
from marketplace.catalog.feed.changes import expect_next
from marketplace.catalog.feed.choices import Every
from marketplace.catalog.feed.events import ArrivalLate, FeedEnded, FeedOpened
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import (
    arrivals_missed,
    feed_of,
    feeds_due,
    feeds_to_draw_again,
    untold,
)
from marketplace.catalog.source.changes import request_drawing
from marketplace.catalog.source.extraction import Extraction, Mode
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.selectors import active_drawing, sources_of
from marketplace.catalog.source.states import SourceState
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked
from marketplace.core.arguments import Choice, Day, Group, Key, Whole, refused
from marketplace.jobs.states import JobState
from marketplace.ledger.services.recording import record

WHOLE_TABLE = Extraction().plain()
Period = Annotated[str, Choice(label=gettext_lazy("How often"), choices=Every)]
FirstDay = Annotated[date, Day(label=gettext_lazy("First expected on"), least=clock.today)]
Grace = Annotated[
    int,
    Whole(
        label=gettext_lazy("Late after so many hours"),
        help=gettext_lazy("Counted from the end of the day. You and your buyers are told."),
        least=0,
        most=24 * 31,
    ),
]
SourceKey = Annotated[
    UUID | None,
    Key(
        label=gettext_lazy("Drawn from"),
        help=gettext_lazy("What was last drawn from it is drawn again on each day."),
    ),
]
HowRowsCome = Annotated[
    Extraction,
    Group(
        of=Extraction,
        name="ExtractionIn",
        about="How the rows of a source come: whole, by a number that counts up, or by their last "
        "change.",
    ),
]


@transaction.atomic
def open_feed(
    dataset_id: UUID,
    *,
    every: Period,
    first_on: FirstDay,
    grace_hours: Grace = 24,
    source_id: SourceKey = None,
    extraction: HowRowsCome = WHOLE_TABLE,
    by: Actor,
) -> Feed:
    """Say that a dataset brings new data of the same kind, and when it is expected.

    With a source, what was last drawn from it is drawn again on each day, whole or its new and
    changed rows alone (`extraction`). Without, it is uploaded.
    That opens the content again: once a second person has approved it with the form of the feed,
    what arrives within the form needs no new content review.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: its content is not approved, or it is a feed already (`feed-open`).
        Invalid: the first day is past, the grace too long, nothing was drawn from the source, or
            its rows cannot come in this way.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_open_feed(dataset, by)
    assert by.person_id is not None, "An officer is a person."
    extraction = extraction.plain()
    fields = refused(open_feed, every=every, first_on=first_on, grace_hours=grace_hours)
    drawn = _last_drawn(dataset, source_id) if source_id is not None else None
    fields |= _refused_drawing(drawn, extraction, has_source=source_id is not None)
    if fields:
        raise Invalid(_("The feed needs corrections."), fields=fields)
    feed = Feed.objects.create(
        dataset=dataset,
        every=every,
        first_on=first_on,
        next_on=first_on,
        grace_hours=grace_hours,
        source=drawn.source if drawn else None,
        wanted=_wanted(drawn) if drawn else {},
        extraction=extraction.to_dict(),
        opened_by_id=by.person_id,
    )
    if dataset.is_approved:
        open_again(dataset, by=by)
    record(
        FeedOpened(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            every=every,
            first_on=first_on.isoformat(),
            grace_hours=grace_hours,
            mode=extraction.mode,
        ),
        by=by,
    )
    return feed


def _refused_drawing(
    drawn: Drawing | None, extraction: Extraction, *, has_source: bool
) -> dict[str, list[str]]:
    if drawn is None and has_source:
        return {"source_id": [_("Draw a table from this source once: the same is drawn again.")]}
    if drawn is None and extraction.mode in (Mode.KEY, Mode.CHANGE):
        return {"source_id": [_("Choose the source whose new and changed rows are drawn.")]}
    columns = drawn.columns if drawn else ()
    return extraction.refused(columns, has_limit=bool(drawn and drawn.row_limit))


def _last_drawn(dataset: Dataset, source_id: UUID) -> Drawing | None:
    source = sources_of(dataset).filter(pk=source_id, state=SourceState.IN_USE).first()
    done = Drawing.objects.filter(source=source, state=JobState.DONE)
    return done.select_related("source").order_by("-created_at").first()


def _wanted(drawn: Drawing) -> dict[str, Any]:
    return {
        "schema": drawn.schema,
        "table": drawn.table,
        "columns": drawn.columns,
        "row_limit": drawn.row_limit,
    }


@transaction.atomic
def end_feed(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Expect no more new data of a dataset. What arrived stays.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is no feed (`no-feed`).
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_end_feed(dataset, by)
    feed = feed_of(dataset.pk)
    assert feed is not None, "The rule has asked."
    feed.ended_at = clock.now()
    feed.save(update_fields=["ended_at"])
    # What nobody waits for any more was never missed.
    Arrival.objects.filter(feed=feed, arrived_at=None, late_told_at=None).delete()
    record(FeedEnded(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


def keep_feeds(*, by: Actor) -> int:
    """Expect what is due, have it drawn, and tell of what is late; return how many there were.

    Each in a transaction of its own, and again it changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    count = 0
    for feed_id in list(feeds_due(clock.today()).values_list("pk", flat=True)):
        count += _expect(feed_id, by=by)
    for feed_id in list(feeds_to_draw_again().values_list("pk", flat=True)):
        count += _draw_again(feed_id, by=by)
    for arrival in arrivals_missed():
        count += _tell_late(arrival.pk, by=by)
    return count


@transaction.atomic
def _expect(feed_id: UUID, *, by: Actor) -> int:
    feed = locked(Feed.objects.select_related("dataset", "source"), pk=feed_id)
    expected = 0
    while expect_next(feed):
        expected += 1
    source = feed.source
    if expected and source is not None and source.state == SourceState.IN_USE:
        _draw(feed, source, by=by)
    return expected


@transaction.atomic
def _draw_again(feed_id: UUID, *, by: Actor) -> int:
    feed = locked(Feed.objects.select_related("dataset", "source"), pk=feed_id)
    if feed.source is None or not feeds_to_draw_again().filter(pk=feed_id).exists():
        return 0
    _draw(feed, feed.source, by=by)
    return 1


def _draw(feed: Feed, source: DatabaseSource, *, by: Actor) -> None:
    # What is under way, by somebody's hand, brings the newest rows as well.
    if active_drawing(source) is None:
        request_drawing(source, **feed.wanted, extraction=feed.extraction, by=by)


@transaction.atomic
def _tell_late(arrival_id: UUID, *, by: Actor) -> int:
    rows = untold().select_related("feed__dataset")
    arrival = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=arrival_id).first()
    if arrival is None or arrival.due_on is None:
        return 0
    arrival.late_told_at = clock.now()
    arrival.save(update_fields=["late_told_at"])
    dataset = arrival.feed.dataset
    record(
        ArrivalLate(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            due_on=arrival.due_on.isoformat(),
        ),
        by=by,
    )
    return 1
