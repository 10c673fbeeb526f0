"""Two releases that pass alone and fail together are not both sold, whatever they are called."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.core.errors import WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.execution import execute_run
from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.preparation.recall.asking_anew import failures_today
from marketplace.preparation.release.models import Composition, PeopleSketch, PublishedVersion
from marketplace.preparation.release.people import together_with
from marketplace.preparation.release.services import let_out, start_composition
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    submit_listing,
    withdraw_listing,
)
from marketplace.trading.orders.contract.services import accept_order
from tests.conftest import ApiClients, PageClients
from tests.given import delivery, trading
from tests.given import people as given
from tests.given.pipeline import catch_up
from tests.given.threads import at_once
from tests.given.world import World

FIRST, SECOND = "Patients by age", "Visits in Minjiang"


def test_two_that_pass_alone_and_fail_together_are_not_both_published(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The same people, sent again under another name with a changed cell."""
    by_age, by_city = given.both_masked(world)
    assert set(RiskReport.objects.values_list("verdict", flat=True)) == {"anonymous"}
    assert PeopleSketch.objects.filter(others__isnull=False).count() == 2
    officer = world.actor("officer")
    second = trading.drafted(world, by_city, title=SECOND)
    assert submit_listing(second.pk, by=officer).state == "submitted", "nothing is out yet"
    given.published(world, by_age, FIRST)
    withdraw_listing(Listing.objects.get(title=FIRST).pk, reason="Sold enough.", by=officer)
    for door in ("submit", "publish"):
        with pytest.raises(WrongState) as untried:
            publish_listing(
                second.pk,
                checklist=trading.LISTING_CHECKLIST,
                by=world.actor("second_reviewer"),
            )
        assert untried.value.code == "composition-untried", door
        assert f"“{FIRST}”, version {by_age.number}" in untried.value.sentence
        assert untried.value.instead is not None
    page = page_of("officer").get(reverse("preparation_detail", args=[by_city.parent_id]))
    assert "Not tried yet" in page.content.decode()
    asked = api_of("officer").post(reverse("api_start_composition", args=[by_city.pk]))
    with given.few_will_do():
        execute_run(asked.json()["id"])
    assert not Composition.objects.get().passed
    with pytest.raises(WrongState) as refused:
        publish_listing(
            second.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
        )
    assert refused.value.code == "composition-refused"
    assert f"“{FIRST}”, version {by_age.number}" in refused.value.sentence
    second.refresh_from_db()
    assert second.state == "submitted"
    assert PublishedVersion.objects.count() == 1
    assert Entry.objects.filter(kind="preparation.composition_tried").count() == 1
    found = api_of("officer").get(reverse("api_list_earlier_releases", args=[by_city.pk])).json()
    assert [(one["title"], one["passed"], one["is_refused"]) for one in found["releases"]] == [
        (by_age.dataset.title, False, True)
    ]
    page = page_of("officer").get(reverse("preparation_detail", args=[by_city.parent_id]))
    assert "Tell too much" in page.content.decode()
    with pytest.raises(WrongState) as again:
        start_composition(by_city.pk, by=officer)
    assert again.value.code == "composition-tried"


def test_what_is_made_after_a_release_is_tried_with_it_at_once(world: World) -> None:
    """The verdict says so, and the same generalization again tells nothing new."""
    by_age, by_city = given.both_masked(world)
    given.published(world, by_age, FIRST)
    parent = by_city.parent
    assert parent is not None
    later = given.masked_again(world, parent, given.BY_CITY, smallest_class=6)
    report = RiskReport.objects.get(version=later)
    assert report.verdict == "de-identified"
    codes = {one["parameters"].get("attacker") for one in report.judgement["reasons"]}
    assert "composition" in codes
    (together,) = together_with(later)
    assert together.is_refused
    same = by_age.parent
    assert same is not None
    again = given.masked_again(world, same, given.BY_AGE, smallest_class=6)
    (together,) = together_with(again)
    assert together.tried is not None
    assert together.tried.passed
    assert not together.is_refused


def test_an_order_is_not_accepted_and_what_is_paid_comes_back(world: World) -> None:
    """By a limit that was made stricter since; the buyer reads no title of another offer."""
    by_age, _by_city = given.both_masked(world)
    listing = given.published(world, by_age, FIRST)
    again = given.masked(world, given.BY_AGE, title="Patients once more", changed=True)
    trading.valued(world, again)
    given.published(world, again, SECOND)
    placed, paid = (trading.placed(world, listing) for _ in range(2))
    trading.paid(world, paid)
    with override_settings(CENTRE={**settings.CENTRE, "ATTACK_EXCESS": -1.0}):
        with pytest.raises(WrongState) as refused:
            accept_order(placed.pk, by=world.actor("officer"))
        catch_up()
    assert refused.value.code == "composition-refused"
    assert f"“{SECOND}”" in refused.value.sentence
    paid.refresh_from_db()
    assert paid.state == "terminated"
    assert SECOND not in paid.reason
    assert Account.objects.get(kind=AccountKind.BUYER).balance == listing.price
    assert accept_order(placed.pk, by=world.actor("officer")).state == "accepted"


def test_a_verdict_is_asked_again_beside_what_was_out_before(world: World) -> None:
    """The later of two that tell too much together loses it, with the source or without."""
    by_age, by_city = given.both_masked(world)
    for version in (by_age, by_city):
        let_out(version)
    reports = [
        RiskReport.objects.select_related("run__version", "version__dataset").get(version=version)
        for version in (by_age, by_city)
    ]
    with given.few_will_do():
        assert [failures_today(one) for one in reports] == [[], ["de-identified"]]
        execute_run(start_composition(by_city.pk, by=world.actor("officer")).pk)
        for report in reports:
            destroy_raw_data(report.measured_by.version_id, by=world.actor("officer"))
            report.measured_by.version.refresh_from_db()
        assert [failures_today(one) for one in reports] == [[], ["not-measured"]]


def test_any_number_of_earlier_releases_is_held_against_in_as_many_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by_age, by_city = given.both_masked(world)
    parent = by_age.parent
    assert parent is not None
    let_out(by_age)
    for number in (1, 2):
        with django_assert_num_queries(4):
            assert len(together_with(by_city)) == number
        let_out(given.masked_again(world, parent, given.BY_AGE, smallest_class=6))


def test_copies_of_one_version_for_two_buyers_are_no_two_releases(world: World) -> None:
    """Each has an order and marks of its own."""
    by_age, _by_city = given.both_masked(world)
    listing = given.published(world, by_age, FIRST)
    for _ in range(2):
        delivery.granted(world, trading.paid(world, trading.placed(world, listing)))
    assert together_with(by_age) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_of_two_published_at_once_one_is_refused() -> None:
    world = World()
    versions = given.both_masked(world)
    listings = [trading.submitted(world, version=version) for version in versions]
    reviewer = world.actor("second_reviewer")
    done = at_once(
        2,
        lambda number: publish_listing(
            listings[number].pk, checklist=trading.LISTING_CHECKLIST, by=reviewer
        ),
    )
    refused = [one for one in done if isinstance(one, WrongState)]
    assert [one.code for one in refused] == ["composition-untried"], done
    assert PublishedVersion.objects.count() == 1
