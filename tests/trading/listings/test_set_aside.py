"""One wrong table does not stop a feed: it is set aside, and the next one that fits goes live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import ApprovedContent
from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.feed.services import keep_feeds
from marketplace.catalog.new_version.services import keep_table, take_up_version
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.profile.services import start_profile
from marketplace.trading.listings.history.selectors import freshness_of
from marketplace.trading.listings.line.selectors import line_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.vault.incoming import encrypt_path
from tests.conftest import PageClients
from tests.given import arrivals, quality
from tests.given import trading as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    NEXT_MONTH,
    TRIPS,
    source_version,
    table_of,
)
from tests.given.world import World

WIDER = "day,line,boardings,delay_minutes,driver\n2026-04-01,1,1190,1,Li\n2026-04-02,2,996,2,Wu\n"
NARROWER = "day,line,delay_minutes\n2026-04-01,1,1\n2026-04-02,2,2\n"
OF_WORDS = "day,line,boardings,delay_minutes\n2026-04-01,1,many,1\n2026-04-02,2,few,2\n"
HEADLESS = "2026-04-01,1,1190,2\n2026-04-02,2,996,2\n"


def fed(world: World, *, every: str = "day") -> Listing:
    """Sell a feed."""
    listing = given.published(world)
    arrivals.fed(world, listing.product.dataset, every=every)
    return listing


@pytest.mark.parametrize(
    ("tables", "others"),
    [
        ([WIDER], ["driver"]),
        ([NARROWER], ["boardings"]),
        ([OF_WORDS], ["boardings"]),
        ([WIDER, NARROWER], ["boardings"]),
    ],
    ids=["additive", "breaking", "of-another-type", "two-in-a-row"],
)
def test_a_wrong_table_stops_nothing(
    world: World, page_of: PageClients, tables: Sequence[str], others: list[str]
) -> None:
    """Its line says which columns and what to do; nobody decides, the next right one is live."""
    listing = fed(world)
    dataset, before = listing.product.dataset, listing.revision
    approved = ApprovedContent.objects.filter(dataset=dataset).first()
    address = reverse("dataset_feed", args=[dataset.pk])
    for table in tables:
        wrong = arrivals.arrived(world, dataset, table=table)
        assert wrong.is_set_aside
    held = arrivals.arrival_of(wrong)
    assert (held.held, held.held_details) == ("columns-changed", others)
    told = Entry.objects.filter(kind="catalog.arrival_held").latest("pk")
    assert told.payload["details"] == [], "a header may be a row of values"
    page = page_of("officer").get(address).content.decode()
    for words in ("Its columns are others than before", others[0], "Bring a corrected table"):
        assert words in page
    assert Listing.objects.get(pk=listing.pk).revision == before
    right = arrivals.arrived(world, dataset)
    listing.refresh_from_db()
    assert (listing.revision.number, listing.revision.version.source) == (before.number + 1, right)
    assert listing.revision.version.structure_sha256 == before.version.structure_sha256
    assert right.content == approved
    reopened = Entry.objects.filter(kind="catalog.dataset_reopened")
    assert reopened.count() == 1, "to open the feed"
    assert [step.remedy for step in line_of(dataset).steps] == [None] * (len(tables) + 1)


def test_nothing_of_it_ships(world: World) -> None:
    """It is approved as nothing, whatever else is reviewed; no run reads it."""
    listing = fed(world)
    dataset, officer = listing.product.dataset, world.actor("officer")
    good = source_version(dataset)
    wrong = arrivals.arrived(world, dataset, table=WIDER)
    with pytest.raises(WrongState) as refused:
        start_profile(wrong.pk, by=officer)
    assert refused.value.code == "version-set-aside"
    reopen_dataset(dataset.pk, by=officer)
    said = [ColumnAnnotation("driver", label="Driver")]
    with pytest.raises(WrongState):
        annotate_columns(wrong.pk, columns=said, by=officer)
    submit_dataset(dataset.pk, by=officer)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    arrivals.work_off()
    good.refresh_from_db()
    wrong.refresh_from_db()
    assert (wrong.content, wrong.children.count(), policy_of(wrong)) == (None, 0, None)
    assert good.content is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetVersion.objects.filter(pk=wrong.pk).update(content=good.content)


def test_its_columns_are_taken_up_as_a_change(world: World, page_of: PageClients) -> None:
    """It is reviewed then, what is on offer stays, and the old columns are others."""
    listing = fed(world)
    dataset, officer = listing.product.dataset, world.actor("officer")
    quality.set_rules(world, dataset, (quality.rule("range", "boardings", at_least="0"),))
    wider = arrivals.arrived(world, dataset, table=WIDER)
    assert wider.quality == "", "nobody measures what counts for nothing"
    address = reverse("dataset_detail", args=[dataset.pk])
    page = page_of("officer").get(address).content.decode()
    assert "new are “driver”" in page
    assert "Take its columns as a change" in page
    assert "Take its columns as a change" not in page_of("reviewer").get(address).content.decode()
    take_up_version(wider.pk, by=officer)
    dataset.refresh_from_db()
    assert not dataset.is_approved
    wider.refresh_from_db()
    assert (source_version(dataset), wider.quality) == (wider, "waiting")
    annotate_columns(
        wider.pk,
        columns=[ColumnAnnotation(one.name, label=one.name) for one in columns_of(wider)],
        by=officer,
    )
    submit_dataset(dataset.pk, by=officer)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    arrivals.work_off()
    step = line_of(dataset).steps[0]
    assert step.remedy is not None
    assert step.remedy.page == "preparation_detail", "a policy is confirmed for it"
    assert Listing.objects.get(pk=listing.pk).revision == listing.revision
    assert arrivals.arrived(world, dataset).is_set_aside


def test_what_corrects_it_comes_for_its_period(world: World) -> None:
    """A period whose table is set aside is told late as if nothing had come, and made up for."""
    listing = fed(world, every="week")
    dataset = listing.product.dataset
    keep_feeds(by=given.SYSTEM)
    today = clock.today()
    wrong = arrivals.arrived(world, dataset, table=WIDER)
    assert arrivals.arrival_of(wrong).due_on == today
    assert freshness_of(listing.product).expected_on == today
    again = arrivals.arrived(world, dataset, table=NARROWER)
    assert arrivals.arrival_of(again).due_on is None
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        keep_feeds(by=given.SYSTEM)
        assert Entry.objects.filter(kind="catalog.arrival_late").count() == 1
        assert freshness_of(listing.product).is_late
        right = arrivals.arrived(world, dataset)
        assert not freshness_of(listing.product).is_late
    assert (arrivals.arrival_of(right).due_on, arrivals.arrival_of(wrong).due_on) == (today, None)


@pytest.mark.parametrize("wrong", [WIDER, HEADLESS])
def test_what_was_live_already_corrects_it(world: World, wrong: str) -> None:
    """Nothing has changed, then, since the last good table."""
    listing = fed(world)
    dataset, good = listing.product.dataset, source_version(listing.product.dataset)
    keep_feeds(by=given.SYSTEM)
    arrivals.arrived(world, dataset, table=wrong)
    same = replace(table_of(TRIPS), says_same=True)
    keep_table(dataset.pk, table=same, clean=encrypt_path(same.path), by=world.actor("officer"))
    period = Arrival.objects.get(due_on=clock.today())
    assert period.same_as == good


def test_a_period_that_waits_is_filled_first(world: World) -> None:
    """The next day's table corrects nothing of the day before."""
    listing = fed(world)
    dataset = listing.product.dataset
    keep_feeds(by=given.SYSTEM)
    wrong = arrivals.arrived(world, dataset, table=WIDER)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        right = arrivals.arrived(world, dataset, table=NEXT_MONTH)
        due_on = arrivals.arrival_of(right).due_on
    assert due_on is not None
    assert due_on > clock.today()
    assert arrivals.arrival_of(wrong).due_on == clock.today()
