"""What a feed brings reaches the market by itself where nobody has to decide, else it is held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import day_after
from marketplace.catalog.feed.services import end_feed, keep_feeds, open_feed
from marketplace.catalog.intake.services import take_file
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.preparation.arrival.services import prepare_arrival
from marketplace.preparation.policy.selectors import policy_of
from marketplace.trading.listings.line.selectors import line_of
from marketplace.trading.listings.line.services import advance_arrival
from marketplace.trading.listings.listing.models import Listing
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, preparation, quality
from tests.given import sources as given_sources
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, WIDER, approved_dataset, draft_dataset
from tests.given.intakes import handed_in
from tests.given.pipeline import catch_up
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World


def test_what_arrives_is_on_offer_without_anybody(world: World) -> None:
    """From the upload to the market: profile, policy of before, attackers, gate; on record."""
    listing = given.published(world)
    dataset = listing.product.dataset
    first = listing.revision
    arrivals.fed(world, dataset)
    version = arrivals.arrived(world, dataset)
    listing.refresh_from_db()
    assert arrivals.arrival_of(version).held_details == [], arrivals.arrival_of(version).held
    assert listing.revision.number == first.number + 1
    assert listing.revision.version.parent_id == version.pk
    dataset.refresh_from_db()
    assert dataset.is_approved, "the content that was approved is that of this table too"
    carried = policy_of(version)
    assert carried is not None
    told = Entry.objects.get(kind="preparation.policy_carried")
    assert (told.person_id, told.payload["digest"]) == (None, carried.digest)
    step = line_of(dataset).steps[0]
    assert (str(step.told), step.revision) == ("Live", listing.revision)


def test_a_person_in_a_column_is_held(world: World) -> None:
    """Where numbers of lines stood, numbers of mobiles stand: that was never approved."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    head, *rows = NEXT_MONTH.splitlines()
    mobiles = [f"1380387{place:04d}" for place in range(30)]
    leaking = [f"{number},{rows[0].split(',', 1)[1]}" for number in mobiles]
    version = arrivals.arrived(world, dataset, table="\n".join([head, *leaking]) + "\n")
    arrival = arrivals.arrival_of(version)
    assert (arrival.held, arrival.held_details) == ("form-differs", ["line"])
    assert version.is_set_aside
    assert Listing.objects.get(pk=listing.pk).revision == listing.revision


def test_the_seller_alone_puts_nothing_live_that_was_found(
    world: World, api_of: ApiClients
) -> None:
    """A reviewer let the table in and the officer confirms the policy: a second one lists it."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    head, *rows = NEXT_MONTH.splitlines()
    leaking = [f"1380387{at:04d},{rows[0].split(',', 1)[1]}" for at in range(30)]
    source = arrivals.arrived(world, dataset, table="\n".join([head, *leaking]) + "\n")
    arrivals.approved(world, source)
    assert arrivals.arrival_of(source).held == "class-found"
    made = preparation.masked(world, source, document=preparation.policy_document(source))
    answer = api_of("officer").post(reverse("api_advance_product", args=[made.pk]))
    assert (answer.status_code, answer.json()["code"]) == (409, "class-found")
    assert Listing.objects.get(pk=listing.pk).revision == listing.revision


def test_measured_numbers_may_repeat_more_or_less(world: World) -> None:
    """That of more rows nearly each has another number is no reason to hold them."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    for many, revision in ((997, 2), (7, 3)):
        rows = [
            f"2026-03-{1 + place // 5:02d},{1 + place % 5},{900 + place * 613 % many},{place % 4}.5"
            for place in range(30)
        ]
        head = "day,line,boardings,delay_minutes"
        version = arrivals.arrived(world, dataset, table="\n".join([head, *rows]) + "\n")
        arrival = arrivals.arrival_of(version)
        assert (arrival.held, arrival.differs) == ("", {})
        listing.refresh_from_db()
        assert listing.revision.number == revision


def test_nothing_goes_on_without_a_feed(world: World) -> None:
    """New data is a new decision then, as before."""
    listing = given.published(world)
    dataset = listing.product.dataset
    version = arrivals.arrived(world, dataset)
    dataset.refresh_from_db()
    assert not dataset.is_approved
    assert not Arrival.objects.exists()
    assert policy_of(version) is None


def test_nobody_but_the_software_goes_on(world: World) -> None:
    """An officer decides by acts of their own."""
    listing = given.published(world)
    version = listing.revision.version
    for person in ("officer", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            prepare_arrival(version.source.pk, by=world.actor(person))
        with pytest.raises(NotAllowed):
            advance_arrival(version.pk, by=world.actor(person))
        with pytest.raises(NotAllowed):
            keep_feeds(by=world.actor(person))


def test_what_is_late_is_told_once(world: World) -> None:
    """After the hours of grace, to the sellers and to who reads it; what comes fills its period."""
    dataset = approved_dataset(world)
    arrivals.fed(world, dataset)
    keep_feeds(by=given.SYSTEM)
    assert Arrival.objects.filter(version=None).count() == 1
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        keep_feeds(by=given.SYSTEM)
        catch_up()
        assert Entry.objects.filter(kind="catalog.arrival_late").count() == 1
        told = Notice.objects.filter(kind="arrival_late").values_list("person__email", flat=True)
        assert set(told) == {"officer@example.org", "colleague@example.org"}
        version = arrivals.arrived(world, dataset)
    first = Arrival.objects.order_by("due_on").first()
    assert first is not None
    assert arrivals.arrival_of(version).due_on == first.due_on


def test_a_period_is_expected_once(world: World) -> None:
    """However often the loop turns, and after it stood still for days."""
    dataset = approved_dataset(world)
    arrivals.fed(world, dataset)
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        keep_feeds(by=given.SYSTEM)
        kept = kept_rows()
        keep_feeds(by=given.SYSTEM)
        assert changed_tables(kept) == []
        assert Arrival.objects.count() == 4


def test_months_come_back_to_their_day() -> None:
    """The 31st is the last day of a shorter month, and the 31st again afterwards."""
    first = clock.today().replace(month=1, day=31)
    days = [first]
    for _ in range(3):
        days.append(day_after(days[-1], "month", first=first))
    assert [day.month for day in days] == [1, 2, 3, 4]
    assert [day.day for day in days][2:] == [31, 30]


def test_bad_input_is_told_at_its_field(world: World) -> None:
    """Nothing of it opens a feed."""
    dataset = approved_dataset(world)
    by = world.actor("officer")
    good = {"every": "day", "first_on": clock.today(), "grace_hours": 0}
    for field, wrong in {
        "every": "hour",
        "first_on": clock.today() - timedelta(days=1),
        "grace_hours": -1,
        "source_id": dataset.pk,
    }.items():
        with pytest.raises(Invalid) as refused:
            open_feed(dataset.pk, **(good | {field: wrong}), by=by)  # type: ignore[arg-type]
        assert list(refused.value.fields) == [field]
    with pytest.raises(WrongState):
        open_feed(draft_dataset(world).pk, **good, by=by)  # type: ignore[arg-type]
    with pytest.raises(WrongState) as none:
        end_feed(dataset.pk, by=by)
    assert none.value.code == "no-feed"
    assert not Feed.objects.exists()


def test_what_holds_it_leads_to_where_it_is_decided(world: World, page_of: PageClients) -> None:
    """The officer finds the page; who only looks on is led nowhere."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    arrivals.arrived(world, dataset, table=WIDER)
    step = line_of(dataset).steps[0]
    assert step.remedy is not None
    assert (step.remedy.page, step.remedy.pk) == ("dataset_detail", dataset.pk)
    address = reverse("dataset_feed", args=[dataset.pk])
    told = "take its columns as a change"
    assert told in page_of("officer").get(address).content.decode()
    assert told not in page_of("reviewer").get(address).content.decode()


def test_an_officer_says_how_rows_come(world: World, page_of: PageClients) -> None:
    """The form asks where there is a source; what is wrong is told at its field."""
    dataset = approved_dataset(world)
    officer, address = page_of("officer"), reverse("feed_open", args=[dataset.pk])
    assert (
        "How its rows come"
        not in officer.get(reverse("dataset_feed", args=[dataset.pk])).content.decode()
    )
    source = given_sources.source(world, dataset=dataset)
    sent = {
        "every": "day", "first_on": str(clock.today()), "grace_hours": 6, "mode": "change",
        "source_id": str(source.pk), "key": "line, day", "changed_at": "changed",
    }  # fmt: skip
    answer = officer.post(address, sent)
    assert answer.status_code == 422
    assert "Draw a table from this source once" in answer.content.decode()
    answer = officer.post(address, sent | {"mode": "guess"})
    assert answer.status_code == 422
    assert not Feed.objects.exists()


UNTIDY = f"""Boardings of April

{NEXT_MONTH}
Total,,4475,
"""


def test_rows_are_counted_alike_on_all_pages(world: World, page_of: PageClients) -> None:
    """Those under the header, without empty ones and those left out, from upload to market."""
    listing = given.published(world)
    dataset, officer = listing.product.dataset, world.actor("officer")
    arrivals.fed(world, dataset)
    quality.set_rules(world, dataset, [quality.rule("range", "boardings", at_least="1000")])
    came = handed_in(world, UNTIDY, dataset=dataset)
    client = page_of("officer")
    shown = client.get(reverse("intake_detail", args=[came.pk])).content.decode()
    assert "4 rows and 4 columns come of it." in shown
    version = take_file(came.pk, by=officer).version
    assert version is not None
    assert version.rows == 4
    check = quality.measured(version)
    assert check.rows == 4
    page = client.get(reverse("dataset_quality", args=[dataset.pk])).content.decode()
    assert "4 rows, measured" in page
    [result] = check.results.all()
    assert (result.failing, result.examples) == (1, [4]), "the last one under the header"
    assert "row 1 is the first under the header" in page
    for name in ("dataset_detail", "dataset_feed"):
        page = client.get(reverse(name, args=[dataset.pk])).content.decode()
        assert ">4</td>" in page.replace(' data-label="Rows"', "").replace(' class="number"', "")


def test_a_feed_tells_rows_that_came_from_those_on_offer(
    world: World, page_of: PageClients
) -> None:
    """Rows that a mask leaves out came, and are not on offer."""
    listing = given.published(world)
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    arrivals.arrived(world, dataset)
    listing.refresh_from_db()
    address = reverse("dataset_feed", args=[dataset.pk])
    assert "on offer</span>" not in page_of("officer").get(address).content.decode()
    type(listing.revision.version).objects.filter(pk=listing.revision.version_id).update(rows=3)
    assert "3 on offer" in page_of("officer").get(address).content.decode()
