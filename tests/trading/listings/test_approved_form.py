"""What was reviewed is what goes out: a seller alone replaces neither data nor promises."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.quality.selectors import rules_in_force, rules_to_review
from marketplace.catalog.version.services import take_up_version
from marketplace.core import clock
from marketplace.review.models import Case
from marketplace.trading.listings.listing.models import Listing
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, quality
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, approved_again, approved_dataset
from tests.given.quality import rule
from tests.given.world import World

BERTHS = "berth,containers\n" + "".join(f"Berth {at % 6},{40 + at}\n" for at in range(60))
SECRET = "berth,containers\n" + "".join(f"Secret berth,{40 + at}\n" for at in range(60))
DAILY = {"every": "day", "first_on": str(clock.today().replace(year=2100)), "grace_hours": 6}
BLOCKING = [
    rule("range", "boardings", at_least="0"),
    rule("present", "line"),
    rule("unique", "day", "line"),
]


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_seller_alone_opens_no_feed_of_approved_data(
    world: World, page_of: PageClients, api_of: ApiClients, door: str
) -> None:
    """It opens the content again: what comes then goes nowhere until a second person looked."""
    listing = given.published(world)
    dataset, first = listing.product.dataset, listing.revision
    if door == "page":
        page_of("officer").post(reverse("feed_open", args=[dataset.pk]), DAILY)
    else:
        api_of("officer").post(reverse("api_open_feed", args=[dataset.pk]), DAILY)
    assert Feed.objects.filter(dataset=dataset).exists()
    dataset.refresh_from_db()
    assert not dataset.is_approved
    arrivals.arrived(world, dataset)
    assert Listing.objects.get(pk=listing.pk).revision == first
    approved_again(world, dataset)
    assert Case.objects.filter(subject=f"dataset:{dataset.pk}", kind="content").count() == 2
    content = ApprovedContent.objects.filter(dataset=dataset).first()
    assert content is not None
    assert set(content.form["data"]["columns"]) == {"day", "line", "boardings", "delay_minutes"}


def test_other_content_of_an_approved_feed_is_set_aside(world: World, page_of: PageClients) -> None:
    """The columns are the same, and what stands in them is not: taking it needs the reviewer."""
    dataset = approved_dataset(world, table=BERTHS)
    arrivals.fed(world, dataset)
    version = arrivals.arrived(world, dataset, table=SECRET)
    assert version.is_set_aside
    arrival = arrivals.arrival_of(version)
    assert (arrival.held, arrival.held_details) == ("form-differs", ["berth"])
    page = page_of("officer").get(reverse("dataset_feed", args=[dataset.pk])).content.decode()
    assert "It is not the kind of data that was approved" in page
    take_up_version(version.pk, by=world.actor("officer"))
    dataset.refresh_from_db()
    assert not dataset.is_approved


def test_a_feed_without_an_approved_form_holds(world: World) -> None:
    """As those that were opened before forms were approved."""
    dataset = approved_dataset(world)
    arrivals.opened(world, dataset)
    # So they stand in what was kept before.
    Dataset.objects.filter(pk=dataset.pk).update(state="approved")
    version = arrivals.arrived(world, dataset, table=NEXT_MONTH)
    assert version.is_set_aside
    assert arrivals.arrival_of(version).held == "form-differs"


@pytest.mark.parametrize(
    "weaker",
    [
        [],
        BLOCKING[1:],
        [{**BLOCKING[0], "severity": "warns"}, *BLOCKING[1:]],
        [{**BLOCKING[0], "tolerance": {"share": "0.9"}}, *BLOCKING[1:]],
        [rule("range", "boardings", at_least="-100000"), *BLOCKING[1:]],
    ],
    ids=["none", "one-fewer", "warns", "tolerates", "wider"],
)
def test_a_weaker_rule_waits_for_a_second_person(
    world: World, api_of: ApiClients, weaker: list[object]
) -> None:
    """The rules before stay in force until the content is approved with the new ones."""
    dataset = approved_dataset(world)
    strong = quality.set_rules(world, dataset, BLOCKING)
    answer = api_of("officer").post(
        reverse("api_set_quality_rules", args=[dataset.pk]),
        json.dumps({"rules": weaker, "reason": "They are in the way."}),
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    dataset.refresh_from_db()
    assert rules_in_force(dataset) == strong
    assert not dataset.is_approved
    waiting = rules_to_review(dataset)
    assert waiting is not None
    approved_again(world, dataset)
    assert rules_in_force(dataset) == waiting


def test_a_stronger_rule_is_in_force_at_once(world: World) -> None:
    """Nobody has to agree to a promise of more."""
    dataset = approved_dataset(world)
    quality.set_rules(world, dataset, BLOCKING[:1])
    more = quality.set_rules(world, dataset, BLOCKING, reason=quality.WHY)
    dataset.refresh_from_db()
    assert dataset.is_approved
    assert rules_in_force(dataset) == more
