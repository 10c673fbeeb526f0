"""What arrivals share: called in the transaction of an act that asked who may."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.events import ArrivalHeld
from marketplace.catalog.feed.models import Arrival
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


def note_arrival(version: DatasetVersion, *, is_same: bool, by: Actor) -> None:
    """Note that a feed brought a version: for the earliest period that still waits, if any does."""
    feed = feed_of(version.dataset_id)
    if feed is None:
        return
    waiting = Arrival.objects.filter(feed=feed, version=None).order_by("due_on").first()
    arrival = waiting or Arrival(feed=feed)
    arrival.version, arrival.arrived_at = version, clock.now()
    arrival.save()
    if not is_same:
        hold_arrival(arrival, Held.COLUMNS, by=by)


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
