"""To whom, when and how often a listing is sold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.services import draft_listing, revise_listing
from marketplace.trading.listings.market.selectors import (
    MarketQuery,
    market_standing,
    search_listings,
)
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.orders.negotiation.services import cancel_order, place_order
from marketplace.trading.orders.order.models import Order
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.world import World
from tests.trading.doors import OFFER_FORM


def code_of(world: World, person: str) -> str:
    """Return the unified social credit code of a person's organization."""
    return world.organization(person).uscc


@pytest.mark.parametrize(
    ("field", "sale"),
    [
        ("quota", Sale(quota=0)),
        ("quota", Sale(quota=100_001)),
        ("on_sale_until", Sale(on_sale_from=date(2030, 1, 2), on_sale_until=date(2030, 1, 1))),
        ("visibility", Sale(visibility="friends")),
        ("visible_kinds", Sale(visibility="kinds")),
        ("visible_kinds", Sale(visibility="kinds", visible_kinds=("club",))),
        ("invited", Sale(visibility="invited")),
        ("invited", Sale(visibility="invited", invited=("91110000MA00000000",))),
        ("invited", Sale(visibility="invited", invited=tuple(map(str, range(201))))),
    ],
)
def test_sale_that_breaks_a_rule(field: str, sale: Sale, world: World) -> None:
    """Each rule names its field, and nothing was drafted."""
    version = given.masked(world)
    with pytest.raises(Invalid) as refused:
        draft_listing(version.pk, offer=given.offer(sale=sale), by=world.actor("officer"))
    assert list(refused.value.fields) == [field]
    assert not Listing.objects.exists()


def test_last_sale_is_sold_once(world: World) -> None:
    """A quota of one takes one order; a cancelled one frees its number."""
    listing = given.published(world, sale=Sale(quota=1))
    first = given.placed(world, listing)
    assert (first.quota, first.sale_number) == (1, 1)
    assert market_standing(listing) == "sold-out"
    entries = Entry.objects.count()
    with pytest.raises(WrongState) as refused:
        given.placed(world, listing, by="stranger")
    assert refused.value.code == "sold-out"
    assert (Order.objects.count(), Entry.objects.count()) == (1, entries)
    cancel_order(first.pk, by=world.actor("buyer"))
    assert given.placed(world, listing, by="stranger").sale_number == 1


@pytest.mark.parametrize(
    "changes",
    [{"sale_number": 1}, {"sale_number": 3}, {"sale_number": 0}, {"sale_number": None}],
)
def test_database_holds_the_quota(changes: dict[str, Any], world: World) -> None:
    """No second order has a live sale's number, none passes the quota, and none is without."""
    listing = given.published(world, sale=Sale(quota=2))
    given.placed(world, listing)
    second = given.placed(world, listing, by="stranger")
    assert second.sale_number == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=second.pk).update(**changes)


@pytest.mark.parametrize(
    ("first", "last", "standing"),
    [(0, 0, "open"), (1, 5, "early"), (-5, -1, "over"), (-1, None, "open"), (None, 1, "open")],
)
def test_sale_has_its_days(
    first: int | None, last: int | None, standing: str, world: World
) -> None:
    """Both days are included; before and after them nothing is ordered."""
    today = clock.today()

    def day(days: int | None) -> date | None:
        return None if days is None else today + timedelta(days=days)

    listing = given.published(world, sale=Sale(on_sale_from=day(first), on_sale_until=day(last)))
    assert market_standing(listing) == standing
    if standing == "open":
        assert given.placed(world, listing).state == "placed"
    else:
        with pytest.raises(WrongState) as refused:
            given.placed(world, listing)
        assert refused.value.code == "not-on-sale"


KINDS = Sale(visibility="kinds", visible_kinds=("government", "regulator"))
COMPANIES = Sale(visibility="kinds", visible_kinds=("company",))


@pytest.mark.parametrize(
    ("sale", "seen"),
    [
        (Sale(), {"officer", "buyer", "stranger", "reviewer", "auditor", "nobody"}),
        (KINDS, {"officer", "reviewer", "auditor"}),
        (COMPANIES, {"officer", "buyer", "stranger", "reviewer", "auditor"}),
        ("invited", {"officer", "buyer", "reviewer", "auditor"}),
    ],
    ids=["public", "government", "company", "invited"],
)
def test_only_the_audience_sees_it(
    sale: Sale | str, seen: set[str], world: World, page_of: PageClients
) -> None:
    """Market, search, count, order and API know of it for the audience alone; 404 for others."""
    if not isinstance(sale, Sale):
        sale = Sale(visibility="invited", invited=(code_of(world, "buyer").lower(),))
    listing = given.published(world, sale=sale)
    for person in ("officer", "buyer", "stranger", "reviewer", "auditor", "nobody"):
        by = NOBODY if person == "nobody" else world.actor(person)
        client = page_of("" if person == "nobody" else person)
        wanted = [listing] if person in seen else []
        assert list(published_listings(by)) == wanted, person
        assert list(search_listings(MarketQuery(), by=by).rows) == wanted, person
        assert list(listings_visible_to(by)) == wanted, person
        status = 200 if wanted else 404
        assert client.get(reverse("listing_public", args=[listing.pk])).status_code == status
        assert (
            client.get(reverse("api_get_market_listing", args=[listing.pk])).status_code == status
        )
        found = client.get(reverse("api_search_market")).json()["results"]
        assert [one["id"] for one in found] == [str(one.pk) for one in wanted]
        for page in ("market", "front"):
            assert (listing.title in client.get(reverse(page)).content.decode()) == bool(wanted)


def test_what_one_does_not_see_one_cannot_order(world: World) -> None:
    """It is not found, as if there were none."""
    listing = given.published(world, sale=KINDS)
    with pytest.raises(NotFound):
        place_order(listing.pk, purpose="P.", request_key=str(uuid4()), by=world.actor("buyer"))


def test_invitations_are_revised(world: World) -> None:
    """The same again changes nothing; others replace those of before."""
    officer = world.actor("officer")
    offer = given.offer(sale=Sale(visibility="invited", invited=(code_of(world, "buyer"),)))
    listing = draft_listing(given.masked(world).pk, offer=offer, by=officer)
    entries = Entry.objects.count()
    revise_listing(listing.pk, offer=offer, by=officer)
    assert Entry.objects.count() == entries
    other = replace(offer, sale=replace(offer.sale, invited=(code_of(world, "stranger"),)))
    revise_listing(listing.pk, offer=other, by=officer)
    assert [one.organization_id for one in listing.invitations.all()] == [
        world.actor("stranger").organization_id
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (MarketQuery(plan="once"), True),
        (MarketQuery(plan="menu"), False),
        (MarketQuery(delivery_mode="file"), True),
        (MarketQuery(exclusive="no"), True),
        (MarketQuery(exclusive="yes"), False),
        (MarketQuery(seller="transport"), True),
        (MarketQuery(seller="nobody at all"), False),
        (MarketQuery(order="title"), True),
    ],
)
def test_market_is_narrowed(wanted: MarketQuery, found: bool, world: World) -> None:
    """By way of paying, delivery, exclusivity and seller."""
    listing = given.published(world)
    assert list(search_listings(wanted, by=NOBODY).rows) == ([listing] if found else [])


PLANS: list[tuple[dict[str, str], str]] = [
    ({"plan": "free"}, "free"),
    (
        {"plan": "subscription", "price": "10", "period_months": "1", "periods": "12"},
        "subscription",
    ),
    ({"plan": "instalments", "parts": "0: 6,000.00\n6: 6,000.00"}, "instalments"),
    ({"plan": "metered", "unit": "row", "bands": "1000: 0.002", "cap": "50"}, "metered"),
    ({"plan": "menu", "tiers": "Small: 2: 40.00\nFull: 4: 70.00"}, "menu"),
]


@pytest.mark.parametrize(("sent", "kind"), PLANS, ids=[kind for _sent, kind in PLANS])
def test_form_takes_every_plan(
    sent: dict[str, str], kind: str, world: World, page_of: PageClients
) -> None:
    """What the form shows of the plan afterwards is what makes it again."""
    client = page_of("officer")
    address = reverse("listing_draft", args=[given.masked(world).pk])
    assert client.post(address, {**OFFER_FORM, **sent}).status_code == 302
    listing = Listing.objects.get()
    assert listing.plan["kind"] == kind
    entries = Entry.objects.count()
    revise = reverse("listing_revise", args=[listing.pk])
    shown = client.get(revise).context["form"].initial
    again = {name: value for name, value in shown.items() if value not in (None, False, "", ())}
    assert client.post(revise, again).status_code == 302
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("parts", {"plan": "instalments"}),
        ("parts", {"plan": "instalments", "parts": "6000"}),
        ("tiers", {"plan": "menu", "tiers": "Small: 2: 40.00\nFull: 4: 90.00"}),
        ("bands", {"plan": "metered", "unit": "row", "bands": "0: 1\n5: 2"}),
        ("periods", {"plan": "subscription", "price": "10", "periods": ""}),
    ],
)
def test_form_says_what_is_wrong_with_a_plan(
    field: str, sent: dict[str, str], world: World, page_of: PageClients
) -> None:
    """At the field, with status 422, and nothing was drafted."""
    address = reverse("listing_draft", args=[given.masked(world).pk])
    answer = page_of("officer").post(address, {**OFFER_FORM, **sent})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Listing.objects.exists()
