"""Everybody reads when revisions came and what changed, and nothing of what is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.feed.services import keep_feeds
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.trading.listings.history.selectors import (
    freshness_of,
    public_revisions,
    told_of,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.product.services import declare_key
from marketplace.trading.listings.revision.differing import Difference, difference_of
from marketplace.trading.listings.revision.execution import compare_revision
from marketplace.trading.listings.revision.models import Revision, RevisionDifference
from marketplace.trading.listings.revision.selectors import revisions_to_compare
from marketplace.trading.listings.revision.services import keep_difference, register_revision
from marketplace.vault.incoming import encrypt_path
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, feeds
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, TRIPS, WIDER, table_of, uploaded_version
from tests.given.pipeline import catch_up
from tests.given.world import World

CHANGED = NEXT_MONTH.replace("1190", "1191") + "3,2026-04-02,12,0\n"


def compare_all() -> None:
    """Let a worker compare what was not compared yet."""
    for revision in revisions_to_compare(clock.now() + timedelta(seconds=1)):
        compare_revision(revision.pk)


def address(name: str, listing: Listing) -> str:
    """Return the address of a listing."""
    return reverse(name, args=[listing.pk])


def test_what_changed_is_counted(world: World, api_of: ApiClients) -> None:
    """Of the first all came in; a changed row is an update where the seller declared a key."""
    listing = given.published(world)
    feeds.advanced(world, listing)
    declare_key(listing.product_id, columns=["line", "day"], by=world.actor("officer"))
    feeds.advanced(world, listing, table=CHANGED)
    assert revisions_to_compare(clock.now()).count() == 3
    first = Revision.objects.earliest("live_at").live_at
    assert first is not None
    assert not revisions_to_compare(first)
    compare_all()
    found = api_of("stranger").get(address("api_list_market_revisions", listing)).json()["results"]
    counts = [
        tuple(each[f"rows_{name}"] for name in ("inserted", "updated", "deleted")) for each in found
    ]
    assert [each["number"] for each in found] == [3, 2, 1]
    assert counts[0] == (1, 1, 0)
    assert counts[2] == (found[2]["rows"], 0, 0)
    assert found[0]["columns_added"] == []
    assert found[0]["sha256"] == Revision.objects.get(number=3).sha256
    before = RevisionDifference.objects.count()
    compare_revision(Revision.objects.get(number=3).pk)
    assert RevisionDifference.objects.count() == before


def test_other_columns_are_named_and_no_rows_compared(world: World) -> None:
    """The rows of two shapes are no two states of one thing."""
    listing = given.published(world)
    feeds.advanced(world, listing)
    first, second = Revision.objects.order_by("number")
    wider = uploaded_version(world, listing.product.dataset, table=WIDER)
    second.version.file = wider.file
    found = difference_of(second, first)
    prepared = set(columns_of(first.version).values_list("name", flat=True))
    others = set(columns_of(wider).values_list("name", flat=True))
    assert prepared != others
    assert set(found.added_columns) == others - prepared
    assert set(found.removed_columns) == prepared - others
    assert (found.inserted, found.updated, found.deleted) == (None, None, None)


def test_before_it_was_compared(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """A page and an answer say that it was not, and no nought that nobody has counted."""
    listing = given.published(world)
    page = page_of("stranger").get(address("listing_history", listing)).content.decode()
    assert "Not compared yet" in page
    [found] = (
        api_of("stranger").get(address("api_list_market_revisions", listing)).json()["results"]
    )
    assert found["rows_inserted"] is None


def test_people_keep_no_differences(world: World) -> None:
    """What everybody reads is counted by the centre's software."""
    listing = given.published(world)
    with pytest.raises(NotAllowed):
        keep_difference(
            listing.revision_id, difference=Difference(0, 0, 0), by=world.actor("officer")
        )


def test_what_is_held_is_told_nobody(world: World, client: Any) -> None:
    """The page is the same, byte for byte, whether nothing came or something that is held."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset, first_on=clock.today() + timedelta(days=3))
    compare_all()
    addresses = [
        address(name, listing)
        for name in (
            *("listing_history", "listing_feed"),
            *("api_list_market_revisions", "api_get_market_freshness"),
        )
    ]
    before = [client.get(each).content for each in addresses]
    version = arrivals.arrived(world, dataset, table=NEXT_MONTH.replace("1190", "13900000000"))
    held = arrivals.arrival_of(version)
    assert held.held, "it waits for an officer"
    assert [client.get(each).content for each in addresses] == before


def test_what_is_late_is_told(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Until something newer is live; that it came and was held does not end it."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    assert not freshness_of(listing.product).is_late
    due_on = clock.today()
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        found = api_of("buyer").get(address("api_get_market_freshness", listing)).json()
        assert (found["is_late"], found["every"]) == (True, "day")
        assert [each["due_on"] for each in found["late"]] == [due_on.isoformat()]
        page = page_of("buyer").get(address("listing_history", listing)).content.decode()
        assert "What was promised is late" in page
        version = arrivals.arrived(world, dataset)
        assert arrivals.arrival_of(version).due_on == due_on
        freshness = freshness_of(listing.product)
        assert (freshness.is_late, freshness.late) == (False, [])
    [newest, _first] = told_of(public_revisions(listing.product))
    assert (newest.was_late, newest.due_on) == (True, due_on)


def test_what_was_not_live_is_not_told(world: World, client: Any) -> None:
    """A version that was drafted into an offer has a number, and no place in the history."""
    listing = given.published(world)
    version = feeds.later(world, listing)
    register_revision(version.pk, by=world.actor("officer"))
    assert Revision.objects.filter(live_at=None).exists()
    found = client.get(address("api_list_market_revisions", listing)).json()["results"]
    assert [each["number"] for each in found] == [1]


def test_late_and_held_stays_late(world: World) -> None:
    """A stranger cannot tell whether it came."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        arrivals.arrived(world, dataset, table=WIDER)
        assert freshness_of(listing.product).is_late


@pytest.mark.parametrize(("table", "is_late"), [(TRIPS, False), (WIDER, True)])
def test_late_and_unchanged_is_what_was_there(world: World, table: str, is_late: bool) -> None:
    """What was live already makes up for it; of what is held nobody can tell that it came again."""
    listing = given.published(world)
    dataset, officer = listing.product.dataset, world.actor("officer")
    arrivals.fed(world, dataset)
    if table == WIDER:
        arrivals.arrived(world, dataset, table=WIDER)
    with clock.stopped_at(arrivals.once_late() + timedelta(days=1)):
        keep_feeds(by=given.SYSTEM)
        assert freshness_of(listing.product).is_late
        while Arrival.objects.filter(arrived_at=None, late_told_at__isnull=False).exists():
            again = replace(table_of(table), says_same=True)
            keep_table(dataset.pk, table=again, clean=encrypt_path(again.path), by=officer)
        freshness = freshness_of(listing.product)
        assert (freshness.is_late, bool(freshness.late)) == (is_late, is_late)
        assert freshness.expected_on is not None
        assert freshness.expected_on >= clock.today()


def test_only_who_sees_the_listing(world: World, page_of: PageClients) -> None:
    """By page, Atom and API: what is off the market has no history for strangers."""
    listing = given.suspended(world)
    names = ("listing_history", "listing_feed", "api_list_market_revisions")
    for name in (*names, "api_get_market_freshness"):
        assert page_of("stranger").get(address(name, listing)).status_code == 404


def test_atom(world: World, client: Any) -> None:
    """A reader of feeds finds each revision once, with an id that stays."""
    listing = given.published(world)
    feeds.advanced(world, listing)
    compare_all()
    answer = client.get(address("listing_feed", listing))
    assert answer.headers["Content-Type"] == "application/atom+xml"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.content)
    ids = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    assert ids == [f"urn:uuid:{each.pk}" for each in Revision.objects.order_by("-number")]
    [told, _first] = [entry.findtext(f"{atom}summary") for entry in feed.iter(f"{atom}entry")]
    assert told is not None
    assert "rows inserted" in told


def test_the_page_asks_little(
    world: World, client: Any, django_assert_max_num_queries: object
) -> None:
    """As many queries for many revisions as for one."""
    listing = given.published(world)
    feeds.advanced(world, listing)
    feeds.advanced(world, listing, table=CHANGED)
    catch_up()
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert client.get(address("listing_history", listing)).status_code == 200
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(address("api_list_market_revisions", listing))
