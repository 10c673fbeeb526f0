"""Feeds expect what is due, whether the loop or the table comes first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.urls import reverse

from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.feed.services import keep_feeds
from marketplace.catalog.new_version.services import take_up_version
from marketplace.catalog.version.fitting import renamed_columns
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import clock
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals
from tests.given.catalog import (
    NEXT_MONTH,
    approved_dataset,
    source_version,
    uploaded_version,
)
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


RENAMED = NEXT_MONTH.replace("delay_minutes", "late_by")
OTHER = """line,day,boardings,stop
1,2026-04-01,1190,Harbour
2,2026-04-01,1013,Old Town
"""
OF_WORDS = """line,day,boardings,delay_minutes
1,2026-04-01,1190,1
2,2026-04-01,not counted,0
1,2026-04-02,1276,3
2,2026-04-02,?,2
"""


def test_a_renamed_column_is_proposed_as_the_same(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Its type and values fit; whoever takes it up keeps what was said of it."""
    feed = arrivals.opened_feed(world)
    before = source_version(feed.dataset)
    label = columns_of(before).get(name="delay_minutes").label
    renamed = uploaded_version(world, feed.dataset, table=RENAMED)
    assert arrivals.arrival_of(renamed).differs["renamed"] == {"late_by": "delay_minutes"}
    page = page_of("officer").get(reverse("dataset_detail", args=[feed.dataset_id]))
    content = page.content.decode()
    assert "“late_by” seems to be “delay_minutes” under another name" in content
    assert "new are" not in content
    [step, *_rest] = (
        api_of("officer").get(reverse("api_get_line", args=[feed.dataset_id])).json()["steps"]
    )
    assert step["differs"]["renamed"] == {"late_by": "delay_minutes"}
    taken = take_up_version(renamed.pk, by=world.actor("officer"))
    assert columns_of(taken).get(name="late_by").label == label


def test_a_column_of_other_values_is_a_new_one(world: World) -> None:
    feed = arrivals.opened_feed(world)
    other = uploaded_version(world, feed.dataset, table=OTHER)
    held = arrivals.arrival_of(other)
    assert (held.held_details, held.differs["renamed"]) == (["stop", "delay_minutes"], {})


def test_a_changed_type_names_its_rows(world: World, page_of: PageClients) -> None:
    """By number: no value of a row is told."""
    feed = arrivals.opened_feed(world)
    words = uploaded_version(world, feed.dataset, table=OF_WORDS)
    assert arrivals.arrival_of(words).differs["unread"] == {"boardings": [2, 4]}
    page = page_of("officer").get(reverse("dataset_detail", args=[feed.dataset_id]))
    content = page.content.decode()
    assert "“boardings” does not read as before in rows 2, 4 under the header" in content
    assert "not counted" not in content


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        ([1.5, 2.0, 3.0], [2, 2, 3], True),
        ([1.5, 2.0, 3.0], [900, 1000, 1200], False),
        (["north", "south"], ["south", "south", "north"], True),
        (["north", "south"], ["red", "blue"], False),
        (["AB-1204", "AC-9982"], ["AD-0001", "AD-0002"], True),
        (["AB-1204", "AC-9982"], ["7/7", "8/8"], False),
        (["Ng", "Li"], ["Xiamen", "Quanzhou"], False),
        ([date(2026, 3, 1), date(2026, 3, 31)], [date(2026, 4, 1)], True),
        ([date(2026, 3, 1), date(2026, 3, 31)], [date(1958, 4, 1)], False),
        ([date(2026, 3, 1)], [20260401], False),
        ([True, False], [True], True),
        ([True, False], [None], False),
    ],
)
def test_what_fits_under_another_name(
    tmp_path: Path, old: list[object], new: list[object], fits: bool
) -> None:
    before, after = tmp_path / "before.parquet", tmp_path / "after.parquet"
    pl.DataFrame({"kept": old, "a": old}).write_parquet(before)
    pl.DataFrame({"b": new}).write_parquet(after)
    found = renamed_columns(before, after, missing=["a"], new=["b"])
    assert found == ({"b": "a"} if fits else {})


def test_two_that_fit_alike_are_none(tmp_path: Path) -> None:
    """Where either could be it, a person says which."""
    before, after = tmp_path / "before.parquet", tmp_path / "after.parquet"
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet(before)
    pl.DataFrame({"b": [1, 2, 3], "c": [1, 2, 3]}).write_parquet(after)
    assert renamed_columns(before, after, missing=["a"], new=["b", "c"]) == {}
