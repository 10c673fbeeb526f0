"""What arrivals share: called in the transaction of an act that asked who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.events import ArrivalHeld, ArrivalUnchanged
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import feed_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record


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
    version: DatasetVersion, *, is_same: bool, mark: Mapping[str, Any], by: Actor
) -> None:
    """Note that a feed brought a version: for the earliest period that still waits, if any does.

    `mark` is where the drawing of it ended, empty for what was drawn whole, or not drawn.
    """
    feed = feed_of(version.dataset_id)
    if feed is None:
        return
    arrival = _waiting(feed) or Arrival(feed=feed)
    arrival.version, arrival.arrived_at, arrival.watermark = version, clock.now(), dict(mark)
    arrival.save()
    if not is_same:
        hold_arrival(arrival, Held.COLUMNS, by=by)


def note_unchanged(version: DatasetVersion, *, mark: Mapping[str, Any], by: Actor) -> None:
    """Note that what came for a period that waits is the newest version, which is there already."""
    feed = feed_of(version.dataset_id)
    arrival = _waiting(feed) if feed is not None else None
    if arrival is None:
        return
    assert arrival.due_on is not None, "What waits is expected on a day."
    arrival.same_as, arrival.arrived_at, arrival.watermark = version, clock.now(), dict(mark)
    arrival.save(update_fields=["same_as", "arrived_at", "watermark"])
    record(
        ArrivalUnchanged(
            subject=f"dataset:{version.dataset_id}",
            about=(f"version:{version.pk}", *concerns(version.dataset)),
            due_on=arrival.due_on.isoformat(),
        ),
        by=by,
    )


def _waiting(feed: Feed) -> Arrival | None:
    return Arrival.objects.filter(feed=feed, arrived_at=None).order_by("due_on").first()


def hold_arrival(arrival: Arrival, held: Held, *, details: Sequence[str] = (), by: Actor) -> None:
    """Let what arrived go no further by itself; an officer reads why."""
    version = arrival.version
    assert version is not None, "What has not arrived is not held."
    arrival.held, arrival.held_details = held, list(details)
    arrival.save(update_fields=["held", "held_details"])
    record(
        ArrivalHeld(
            subject=f"dataset:{version.dataset_id}",
            about=(f"version:{version.pk}", *concerns(version.dataset)),
            code=held.value,
            details=tuple(details),
        ),
        by=by,
    )
