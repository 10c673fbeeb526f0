"""A relabelled table reaches the market by no door without two second persons who looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.preparation.policy.models import RoleConfirmation, Station
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    resume_listing,
    submit_listing,
    suspend_broken_listings,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.services import approve_renewal, renew_listing
from tests.conftest import ApiClients, PageClients
from tests.given import preparation, trading
from tests.given import relabelled as given
from tests.given.preparation import REASON
from tests.given.world import World

pytestmark = pytest.mark.django_db


def codes(listing: Listing) -> list[str]:
    """Return what the gate finds today."""
    proofs = gate.proofs_of(listing)
    return [one.code for one in gate.findings_of(listing, proofs, on=clock.today())]


def test_without_the_reviewer_nothing_is_submitted(world: World) -> None:
    report = given.measured(world, given.relabelled_herd(world))
    listing = given.drafted_herd(world, report)
    with pytest.raises(Invalid) as caught:
        submit_listing(listing.pk, by=world.actor("officer"))
    (sentence,) = caught.value.fields["role-unconfirmed"]
    assert "sex" in sentence
    listing.refresh_from_db()
    assert listing.state == "draft"


@pytest.mark.parametrize("columns", [[], ["milk_litres"]])
def test_publisher_names_each_column(world: World, columns: list[str]) -> None:
    listing = given.submitted_herd(world)
    assert codes(listing) == []
    with pytest.raises(Invalid) as caught:
        publish_listing(
            listing.pk,
            checklist=trading.LISTING_CHECKLIST,
            columns=columns,
            by=world.actor("second_reviewer"),
        )
    assert caught.value.code == "roles-unnamed"
    assert "sex" in caught.value.sentence
    listing.refresh_from_db()
    assert listing.state == "submitted"
    assert not RoleConfirmation.objects.filter(station=Station.PUBLISHER).exists()


def test_who_wrote_the_reason_does_not_publish(world: World) -> None:
    listing, reviewer = given.submitted_herd(world), world.actor("second_reviewer")
    # Somebody else submitted it, and the writer has gone over to the centre since.
    Listing.objects.filter(pk=listing.pk).update(submitted_by_id=world.person("colleague").pk)
    writer = Actor(
        person_id=world.person("officer").pk,
        organization_id=reviewer.organization_id,
        roles=reviewer.roles,
    )
    with pytest.raises(NotAllowed):
        publish_listing(listing.pk, checklist=trading.LISTING_CHECKLIST, columns=["sex"], by=writer)


def test_api_publishes_no_column_that_is_not_named(world: World, api_of: ApiClients) -> None:
    listing, client = given.submitted_herd(world), api_of("second_reviewer")
    path = reverse("api_publish_listing", kwargs={"pk": listing.pk})
    ticked = {"checklist": list(trading.LISTING_CHECKLIST)}
    for columns in ([], ["Sex"], ["milk_litres"]):
        answer = client.post(path, {**ticked, "columns": columns}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (422, "roles-unnamed")
    answer = client.post(path, ticked, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "roles-unnamed")
    assert client.post(path, {**ticked, "columns": ["sex"]}, format="json").status_code == 200


def test_page_shows_all_three_side_by_side_and_asks_for_the_name(
    world: World, page_of: PageClients
) -> None:
    listing, client = given.submitted_herd(world), page_of("second_reviewer")
    page = reverse("listing_review", kwargs={"pk": listing.pk})
    assert "<code>F</code>" not in client.get(page).content.decode()
    assert listing.revision.version.parent is not None
    preparation.looking(world, listing.revision.version.parent, by="second_reviewer")
    shown = client.get(page).content.decode()
    for told in (REASON, "<code>F</code>", "the header says", 'name="columns"'):
        assert told in shown
    path = reverse("listing_publish", kwargs={"pk": listing.pk})
    ticked = {"checklist": list(trading.LISTING_CHECKLIST)}
    answer = client.post(path, ticked)
    assert answer.status_code == 422
    assert "sex" in answer.context["publish_form"].errors["columns"][0]
    assert client.post(path, ticked | {"columns": ["sex"]}).status_code == 302
    confirmed = RoleConfirmation.objects.get(station=Station.PUBLISHER)
    assert confirmed.subject == f"listing:{listing.pk}"
    assert confirmed.confirmed_by_id == world.person("second_reviewer").pk


def test_what_both_confirmed_is_sold(world: World, api_of: ApiClients) -> None:
    listing = given.published_herd(world)
    assert codes(listing) == []
    assert trading.placed(world, listing).state == "placed"
    report = listing.risk_report
    assert report is not None
    told = api_of("officer").get(reverse("api_get_risk_report", kwargs={"pk": report.pk})).json()
    assert {one["station"] for one in told["relabelled"][0]["agreed"]} == {"reviewer", "publisher"}


@pytest.mark.parametrize("station", list(Station))
def test_gate_asks_for_both_on_the_market_too(world: World, station: Station) -> None:
    """However a listing came there, nothing is ordered without either of them."""
    listing = given.published_herd(world)
    RoleConfirmation.objects.filter(station=station).delete()
    assert codes(listing) == ["role-unconfirmed"]
    with pytest.raises(WrongState) as caught:
        trading.placed(world, listing)
    assert caught.value.code == "role-unconfirmed"
    suspend_broken_listings(by=trading.SYSTEM)
    listing.refresh_from_db()
    assert (listing.state, listing.suspension) == ("suspended", "gate")
    with pytest.raises(Invalid):
        resume_listing(listing.pk, by=world.actor("officer"))


def test_a_publisher_agrees_for_one_listing_alone(world: World) -> None:
    """Who published an earlier listing of the same data said nothing of the next one."""
    first = given.published_herd(world)
    withdraw_listing(first.pk, reason="Another price.", by=world.actor("officer"))
    second = trading.drafted(world, first.revision.version)
    second = submit_listing(second.pk, by=world.actor("officer"))
    assert second.risk_report == first.risk_report
    with pytest.raises(Invalid) as caught:
        publish_listing(
            second.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
        )
    assert caught.value.code == "roles-unnamed"


def test_renewal_is_asked_for_each_column_too(world: World, page_of: PageClients) -> None:
    listing = given.published_herd(world)
    later = clock.today() + timedelta(days=30)
    renew_listing(listing.pk, on_sale_from=None, on_sale_until=later, by=world.actor("officer"))
    reviewer = world.actor("second_reviewer")
    with pytest.raises(Invalid) as caught:
        approve_renewal(listing.pk, checklist=trading.LISTING_CHECKLIST, by=reviewer)
    assert caught.value.code == "roles-unnamed"
    sent = {"checklist": list(trading.LISTING_CHECKLIST), "columns": ["sex"]}
    path = reverse("renewal_approve", kwargs={"pk": listing.pk})
    assert page_of("second_reviewer").post(path, sent).status_code == 302
