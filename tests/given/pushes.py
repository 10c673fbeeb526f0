"""Feeds to which programs send, and what they send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.services import commit_push, open_push, send_rows
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import clock
from marketplace.vault.services import open_stored
from tests.given.arrivals import fed
from tests.given.catalog import approved_dataset
from tests.given.shelf import kept
from tests.given.world import World

STOPS = "number,stop,opened\n1,a,2026-01-01\n2,b,2026-01-02\n3,c,2026-01-03\n"


@kept
def sent_to(world: World) -> Feed:
    """Open a feed to which programs send."""
    dataset = approved_dataset(world, table=STOPS)
    return fed(world, dataset, first_on=clock.today() + timedelta(days=1))


def row(number: Any, stop: Any = "new", opened: Any = "2026-02-01") -> dict[str, Any]:
    """Return a row as it is sent."""
    return {"number": number, "stop": stop, "opened": opened}


def opened(world: World, feed: Feed | None = None, **how: Any) -> Push:
    """Begin to send changes of rows."""
    feed = feed or sent_to(world)
    said: dict[str, Any] = {"kind": "rows", "mode": "changes", "key": ["number"]} | how
    return open_push(feed.dataset_id, **said, by=world.actor("officer"))


@kept
def begun(world: World) -> Push:
    """Send one row, which is not committed."""
    push = opened(world)
    return send_rows(push.pk, number=1, rows=[row(4)], by=world.actor("officer"))


@kept
def committed(world: World) -> Push:
    """Send one row and commit it."""
    return commit_push(begun(world).pk, by=world.actor("officer"))


def content_of(dataset: Dataset) -> dict[int, str]:
    """Return number and stop of the rows of the newest version, each number once."""
    version = latest_source_version(dataset)
    assert version is not None
    with open_stored(version.file) as stored:
        table = pl.read_parquet(stored.read())
    assert table["number"].n_unique() == len(table)
    return dict(sorted(table.select("number", "stop").iter_rows()))
