"""`kill -9` at named points of the line of a feed, from the drawing to the bill.

A revision is live whole or not at all, all the while; in the end every buyer has each one once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from django.conf import settings
from django.test import override_settings

from tests.campaigns.crashing import LOOP_ON_THE_LINE, WORKER_ON_THE_LINE
from tests.campaigns.dying import Dying
from tests.campaigns.feed import Feed, sold_feed
from tests.campaigns.waiting import until
from tests.plugins.sources import SourceServer

pytestmark = [pytest.mark.postgres]
LONG = 10
BILLS = frozenset({"before-bill", "after-bill"})


@pytest.fixture
def feed(
    committed_database: None,
    short_lease: None,
    postgres_source: SourceServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Feed]:
    """Yield a feed that is sold, before any process works on it; the loopback may hold sources."""
    networks, port = "127.0.0.0/8", str(postgres_source.port)
    monkeypatch.setenv("CENTRE_SOURCE_NETWORKS", networks)
    monkeypatch.setenv("CENTRE_SOURCE_PORTS", port)
    changed = {"SOURCE_NETWORKS": [networks], "SOURCE_PORTS": [port]}
    with override_settings(CENTRE={**settings.CENTRE, **changed}):
        yield sold_feed(postgres_source)


def bring_and_die(feed: Feed, process: Dying, point: str) -> None:
    """Bring new rows, let a process die on their way, and wait until they are with every buyer."""
    until(feed.is_done)
    deaths = process.deaths()
    moment = feed.use() if point in BILLS else None
    process.arm(point)
    if moment is not None:
        process.bill_at(moment)
    feed.bring()
    until(lambda: process.deaths() > deaths)
    until(feed.is_done)


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_a_line_ends_by_itself_after_each_death(
    feed: Feed, loop: Dying, worker: Dying, chance: Random
) -> None:
    """Once in the worker and once in the loop, each at a point drawn."""
    bring_and_die(feed, worker, chance.choice(WORKER_ON_THE_LINE))
    bring_and_die(feed, loop, chance.choice(LOOP_ON_THE_LINE))
    feed.check()


@pytest.mark.campaign
def test_killed_at_every_point_of_the_line(
    feed: Feed,
    loop: Dying,
    worker: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """Ten times at each."""
    for _round in range(LONG):
        for process, points in ((worker, WORKER_ON_THE_LINE), (loop, LOOP_ON_THE_LINE)):
            for point in points:
                bring_and_die(feed, process, point)
    feed.check()
    record_property("points", len(WORKER_ON_THE_LINE) + len(LOOP_ON_THE_LINE))
    record_property("kills", worker.deaths() + loop.deaths())
