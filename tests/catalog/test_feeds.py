"""Feeds expect what is due, whether the loop or the table comes first."""

from __future__ import annotations

from datetime import timedelta

from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.feed.services import keep_feeds
from marketplace.core import clock
from tests.given import arrivals
from tests.given.catalog import NEXT_MONTH, approved_dataset, uploaded_version
from tests.given.trading import SYSTEM
from tests.given.world import World


def test_what_arrives_on_the_opening_day_was_expected(world: World) -> None:
    """Before the loop has looked: nothing else is expected that day, and nothing is late."""
    feed = arrivals.fed(world, approved_dataset(world))
    uploaded_version(world, feed.dataset, table=NEXT_MONTH)
    [arrival] = Arrival.objects.filter(feed=feed)
    assert (arrival.due_on, arrival.arrived_at is not None) == (clock.today(), True)
    keep_feeds(by=SYSTEM)
    feed.refresh_from_db()
    assert feed.next_on == clock.today() + timedelta(days=1)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=SYSTEM)
    assert not Arrival.objects.filter(late_told_at__isnull=False).exists()


def test_a_second_table_of_a_day_was_not_expected(world: World) -> None:
    """The period has what it waited for; what comes besides has none."""
    feed = arrivals.fed(world, approved_dataset(world))
    uploaded_version(world, feed.dataset, table=NEXT_MONTH)
    second = uploaded_version(world, feed.dataset, table=NEXT_MONTH.replace("1190", "1191"))
    assert arrivals.arrival_of(second).due_on is None
