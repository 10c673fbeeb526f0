"""What the pages and the API of listings and requests offer, and what they say instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.listing.models import Listing
from tests.conftest import ApiClients, PageClients
from tests.given import demands, renewals, reports, sandboxes
from tests.given import trading as given
from tests.given.world import World
from tests.trading.listings.test_offered_acts_of_listings import renewing_suspended, sold_out


def test_a_version_that_is_drafted_is_offered_anew(world: World, page_of: PageClients) -> None:
    """In the place of the listing, or beside it, however many drafts wait."""
    listing = given.published(world)
    detail = reverse("listing_detail", args=[listing.pk])
    draft = reverse("listing_draft", args=[listing.revision.version_id])
    officer = page_of("officer")
    assert draft in officer.get(detail).content.decode()
    assert '<form class="stack offer-fields"' in officer.get(draft).content.decode()
    renewals.successor(world, listing)
    assert draft in officer.get(detail).content.decode()
    page = officer.get(draft).content.decode()
    assert '<form class="stack offer-fields"' in page
    assert "No listing: it is sold beside the others" in page


def test_a_renewal_that_the_centre_has_stopped_is_returned_only(
    world: World, page_of: PageClients
) -> None:
    """The reviewer reads why it cannot be approved."""
    listing = renewing_suspended(world)
    page = page_of("second_reviewer").get(reverse("listing_review", args=[listing.pk]))
    text = page.content.decode()
    assert reverse("renewal_approve", args=[listing.pk]) not in text
    assert reverse("renewal_return", args=[listing.pk]) in text
    assert "a reviewer has to resume it" in text


def test_a_request_past_its_last_day_is_not_offered_to_be_answered(
    world: World, page_of: PageClients
) -> None:
    """Though nothing has ended it yet."""
    demand = demands.posted(world)
    address, answer = (
        reverse(name, args=[demand.pk]) for name in ("demand_detail", "demand_answer")
    )
    assert answer in page_of("officer").get(address).content.decode()
    Demand.objects.filter(pk=demand.pk).update(open_until=clock.today() - timedelta(days=1))
    assert answer not in page_of("officer").get(address).content.decode()


@pytest.mark.parametrize(
    ("route", "reach", "person", "field", "why"),
    [
        ("listing_revise", given.drafted, "officer", "title", "Only an officer of the seller"),
        ("listing_renew", given.published, "officer", "on_sale_until", "Only an officer"),
        ("sandbox_declare", sandboxes.declared, "officer", "epsilon", "Only an officer"),
        ("report_write", reports.written, "officer", "content", "Only an officer"),
        ("measuring_allow", given.published, "officer", "epsilon", "Only an officer"),
        ("order_place", given.published, "buyer", "purpose", "Only a buyer of an organization"),
    ],
)
def test_a_form_that_would_be_refused_is_not_shown(
    route: str,
    reach: Callable[[World], Listing],
    person: str,
    field: str,
    why: str,
    world: World,
    page_of: PageClients,
) -> None:
    """A reviewer reads the sentence of the refusal in place of the form."""
    address = reverse(route, args=[reach(world).pk])
    form = f'name="{field}"'
    offered = page_of(person).get(address).content.decode()
    refused = page_of("reviewer").get(address).content.decode()
    assert (form in offered, why in offered) == (True, False)
    assert (form in refused, why in refused) == (False, True)


def test_what_is_sold_out_says_so_in_place_of_the_form(world: World, page_of: PageClients) -> None:
    """A buyer reads it before writing the purpose."""
    listing = sold_out(world)
    page = page_of("buyer").get(reverse("order_place", args=[listing.pk])).content.decode()
    assert "All sales of this listing are taken." in page
    assert 'name="purpose"' not in page


def test_the_api_says_what_is_open_and_why_not(world: World, api_of: ApiClients) -> None:
    """Of a listing, of an offer and of a request."""
    listing, demand = sold_out(world), demands.posted(world)
    seller, buyer = api_of("officer"), api_of("buyer")
    acts = seller.get(reverse("api_get_listing", args=[listing.pk])).json()["acts"]
    assert acts["suspend_listing"] == {"allowed": True}
    assert acts["revise_listing"] == {
        "allowed": False,
        "code": "wrong-state",
        "detail": "Only a draft or a returned listing can be changed.",
    }
    acts = buyer.get(reverse("api_get_market_listing", args=[listing.pk])).json()["acts"]
    assert (acts["place_order"]["allowed"], acts["place_order"]["code"]) == (False, "sold-out")
    acts = buyer.get(reverse("api_get_demand", args=[demand.pk])).json()["acts"]
    assert acts["close_demand"] == {"allowed": True}
    assert acts["answer_demand"]["code"] == "not-allowed"
