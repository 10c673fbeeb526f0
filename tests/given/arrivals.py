"""Feeds, and what they bring, worked off as loop and workers do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from marketplace.catalog.approval.services import approve_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.services import open_feed
from marketplace.catalog.new_version.services import take_up_version
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.jobs.states import JobState
from marketplace.preparation.execution import execute_run
from marketplace.preparation.run.models import Run
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    NEXT_MONTH,
    WIDER,
    approved_again,
    approved_dataset,
    uploaded_version,
)
from tests.given.pipeline import catch_up
from tests.given.shelf import kept
from tests.given.world import World


def opened(world: World, dataset: Dataset, **changes: Any) -> Feed:
    """Say that a dataset brings new data every day from today on."""
    how: dict[str, Any] = {"every": "day", "first_on": clock.today(), "grace_hours": 6}
    return open_feed(dataset.pk, **(how | changes), by=world.actor("officer"))


def fed(world: World, dataset: Dataset, **changes: Any) -> Feed:
    """Say that a dataset brings new data every day from today on, and have that approved."""
    feed = opened(world, dataset, **changes)
    approved_again(world, dataset)
    return feed


def approved(world: World, version: DatasetVersion) -> DatasetVersion:
    """Have a reviewer approve what was set aside for its form, and let it follow its way."""
    take_up_version(version.pk, by=world.actor("officer"))
    checklist, by = CONTENT_CHECKLIST, world.actor("reviewer")
    approve_dataset(version.dataset_id, checklist=checklist, by=by)
    work_off()
    version.refresh_from_db()
    return version


def once_late() -> datetime:
    """Return a moment at which what is due today is late by the grace of `fed`, and no more is.

    Whatever the hour is at which the tests run: what is due tomorrow has its own grace still.
    """
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(hour=7))
    return timezone.make_aware(tomorrow)


@kept
def opened_feed(world: World) -> Feed:
    """Open a feed of a dataset of which nothing is sold."""
    return fed(world, approved_dataset(world), first_on=clock.today() + timedelta(days=1))


def work_off() -> None:
    """React, and execute what waits for a worker, until nothing is left."""
    catch_up()
    while waiting := list(Run.objects.filter(state=JobState.QUEUED).order_by("created_at")):
        for run in waiting:
            execute_run(run.pk)
        catch_up()


def arrived(world: World, dataset: Dataset, *, table: str = NEXT_MONTH) -> DatasetVersion:
    """Bring newer data, and let all that follows by itself follow."""
    version = uploaded_version(world, dataset, table=table)
    work_off()
    return version


def arrival_of(version: DatasetVersion) -> Arrival:
    """Return what is known of a version's arrival."""
    return Arrival.objects.get(version=version)


@kept
def set_aside(world: World) -> DatasetVersion:
    """Bring other columns to a feed of which nothing is sold."""
    return uploaded_version(world, opened_feed(world).dataset, table=WIDER)


@kept
def taken_up(world: World) -> DatasetVersion:
    """Take other columns as a change."""
    return take_up_version(set_aside(world).pk, by=world.actor("officer"))
