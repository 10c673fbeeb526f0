"""Filter, sort, API and pages say one price of an offer: the amount that a buyer pays at a time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.urls import reverse

from marketplace.trading.listings.plans import Band, Free, Metered, Plan, Subscription
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.world import World

MONTHLY = Subscription(amount=D("260.00"), period_months=1, periods=12)
BY_ROW = Metered(unit="row", bands=(Band(0, D("0.0015")),), cap=D("100.00"))
BY_CALL = Metered(unit="call", bands=(Band(100, D("0.20")),), cap=D("100.00"))
WITH_BASE = replace(BY_ROW, base=D("50.00"))
SAID: list[tuple[Plan, str, str, str]] = [
    (MONTHLY, "260.00", "period", "260.00 CNY a month"),
    (BY_ROW, "0.0015", "row", "0.0015 CNY a row"),
    (BY_CALL, "0.20", "call", "0.20 CNY a call"),
    (WITH_BASE, "50.00", "order", "50.00 CNY and 0.0015 CNY a row"),
]
EACH = pytest.mark.parametrize(
    ("plan", "price", "per", "brief"), SAID, ids=["month", "row", "call", "base"]
)


@EACH
def test_an_offer_is_found_by_the_price_that_its_card_says(
    world: World, page_of: PageClients, plan: Plan, price: str, per: str, brief: str
) -> None:
    """At most this finds it, at most a little less does not; so for from."""
    mode = "file" if isinstance(plan, Subscription) else "api"
    listing = given.published(world, plan=plan, price=D("0.00"), delivery_mode=mode)
    client, paid = page_of(""), D(price)
    for asked, is_found in (
        ({"price_to": paid}, True),
        ({"price_to": paid - D("0.0001")}, False),
        ({"price_from": paid}, True),
        ({"price_from": paid + D("0.0001")}, False),
    ):
        page = client.get(
            reverse("market"), {name: str(value) for name, value in asked.items()}
        ).content.decode()
        assert (reverse("listing_public", args=[listing.pk]) in page) == is_found, asked
        assert (brief in page) == is_found, asked


@EACH
def test_programs_and_pages_say_the_same_price(
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
    plan: Plan,
    price: str,
    per: str,
    brief: str,
) -> None:
    """The market's API, the seller's, the frozen sheet and the seller's list."""
    mode = "file" if isinstance(plan, Subscription) else "api"
    listing = given.published(world, plan=plan, price=D("0.00"), delivery_mode=mode)
    told = api_of("").get(reverse("api_search_market")).json()["results"]
    assert [(one["price"], one["price_per"], one["price_brief"]) for one in told] == [
        (price, per, brief)
    ]
    assert (told[0]["sheet"]["price"], told[0]["sheet"]["price_per"]) == (price, per)
    sellers = api_of("officer").get(reverse("api_get_listing", args=[listing.pk])).json()
    assert (sellers["price"], sellers["price_per"]) == (price, per)
    assert brief in page_of("officer").get(reverse("listing_list")).content.decode()


def test_the_cheapest_is_what_is_paid_least_at_a_time() -> None:
    """A year at 260.00 a month stands before a single price of 300.00."""
    plans = [MONTHLY, BY_ROW, BY_CALL, WITH_BASE, Free()]
    assert sorted(plan.price_as_paid for plan in plans) == [
        D("0.00"),
        D("0.0015"),
        D("0.20"),
        D("50.00"),
        D("260.00"),
    ]
    assert MONTHLY.price == D("3120.00")
