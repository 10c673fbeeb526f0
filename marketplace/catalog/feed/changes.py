"""What arrivals share: called in the transaction of an act that asked who may."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.events import ArrivalHeld, ArrivalUnchanged
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import day_after, feed_of
from marketplace.catalog.version.comparing import Difference
from marketplace.catalog.version.examined import Beyond, as_kept
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record

MOST_NAMED = 20
"""So many columns of other names or types are kept with what they hold."""


def goes_on(dataset: Dataset, before: DatasetVersion | None, structure_sha256: str) -> bool:
    """Return whether new data of a locked dataset needs no new decision on what the data is.

    That is so for a feed whose columns are those of before: the content that was approved is that
    of every later table with the same columns.
    """
    return (
        before is not None
        and before.structure_sha256 == structure_sha256
        and feed_of(dataset.pk) is not None
    )


def note_arrival(
    version: DatasetVersion,
    *,
    others: Difference | None,
    beyond: Sequence[Beyond] | None = None,
    mark: Mapping[str, Any],
    by: Actor,
) -> None:
    """Note that a feed brought a version: for the earliest period that still waits, if any does.

    What corrects a table that was set aside comes for the period of that one.

    `others` is how its columns differ from those of the one before, `beyond` in what it goes beyond
    the approved form; either holds it. `mark` is where the drawing of it ended, empty for what was
    drawn whole, or not drawn.
    """
    feed = feed_of(version.dataset_id)
    if feed is None:
        return
    expect_next(feed)
    arrival = _expected(feed, version) or Arrival(feed=feed)
    arrival.version, arrival.arrived_at, arrival.watermark = version, clock.now(), dict(mark)
    arrival.differs = others.values.as_dict() if others else {}
    if beyond:
        arrival.differs |= as_kept(beyond)
    arrival.save()
    if others:
        hold_arrival(arrival, Held.COLUMNS, details=others.names[:MOST_NAMED], by=by)
    elif beyond is not None:
        named = [one.column for one in beyond if one.column]
        hold_arrival(arrival, Held.FORM, details=named[:MOST_NAMED], by=by)


def note_unchanged(version: DatasetVersion, *, mark: Mapping[str, Any], by: Actor) -> None:
    """Note that what came for a period that waits is the newest version, which is there already."""
    feed = feed_of(version.dataset_id)
    if feed is None:
        return
    expect_next(feed)
    arrival = _expected(feed, version)
    if arrival is None:
        return
    assert arrival.due_on is not None, "What waits is expected on a day."
    arrival.same_as, arrival.arrived_at, arrival.watermark = version, clock.now(), dict(mark)
    arrival.save()
    record(
        ArrivalUnchanged(
            subject=f"dataset:{version.dataset_id}",
            about=(f"version:{version.pk}", *concerns(version.dataset)),
            due_on=arrival.due_on.isoformat(),
        ),
        by=by,
    )


def expect_next(feed: Feed) -> bool:
    """Expect the next period of a feed if its day has come; tell whether it had.

    The loop does so soon after midnight. What arrives before it, as on the day on which the feed
    was opened, is expected all the same.
    """
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if feed.ended_at is not None or feed.next_on > clock.today():
        return False
    Arrival.objects.get_or_create(feed=feed, due_on=feed.next_on)
    feed.next_on = day_after(feed.next_on, feed.every, first=feed.first_on)
    feed.save(update_fields=["next_on"])
    return True


def _expected(feed: Feed, version: DatasetVersion) -> Arrival | None:
    """Find the earliest period that waits; else the last one, if all it has was set aside."""
    periods = Arrival.objects.filter(feed=feed, due_on__isnull=False)
    waiting = periods.filter(arrived_at=None).order_by("due_on").first()
    last = periods.select_related("version", "same_as").order_by("-due_on").first()
    if waiting is not None or last is None or last.brought is None:
        return waiting
    if version.is_set_aside or not last.brought.is_set_aside:
        return None
    # What corrects it comes for the same period.
    if last.version is None:
        last.same_as = None
        return last
    period = Arrival(feed=feed, due_on=last.due_on, late_told_at=last.late_told_at)
    last.due_on, last.late_told_at = None, None
    last.save(update_fields=["due_on", "late_told_at"])
    return period


def let_in(version: DatasetVersion) -> None:
    """Let what was held for its form go on, once a second person approved it with the content."""
    arrival = Arrival.objects.filter(version=version, held=Held.FORM).first()
    if arrival is not None:
        arrival.held, arrival.held_details, arrival.differs = "", [], {}
        arrival.save(update_fields=["held", "held_details", "differs"])


def hold_arrival(arrival: Arrival, held: Held, *, details: Sequence[str] = (), by: Actor) -> None:
    """Let what arrived go no further by itself; an officer reads why."""
    version = arrival.version
    assert version is not None, "What has not arrived is not held."
    arrival.held, arrival.held_details = held, list(details)
    arrival.save(update_fields=["held", "held_details"])
    # A table without a header has a row of values in its place: they stay out of the ledger.
    told = () if held in (Held.COLUMNS, Held.FORM) else tuple(details)
    record(
        ArrivalHeld(
            subject=f"dataset:{version.dataset_id}",
            about=(f"version:{version.pk}", *concerns(version.dataset)),
            code=held.value,
            details=told,
        ),
        by=by,
    )
