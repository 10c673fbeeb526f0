"""Words are found as they stand in the texts, with and without an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import product
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.core.actor import NOBODY
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.market.selectors import (
    MarketQuery,
    has_indexes,
    region_holds,
    search_listings,
    text_holds,
)
from marketplace.trading.listings.sale.values import Sale
from marketplace.web.pagination import CappedPages
from tests.conftest import ApiClients, PageClients
from tests.given import trading
from tests.given.world import World
from tests.trading.listings.test_sales import code_of

LETTERS = "aAbB公交水２ＡéÉß'\"%_\\,.- \n"
texts = st.text(LETTERS, max_size=12)
words = st.text(LETTERS, max_size=5)
rarely = settings(suppress_health_check=list(HealthCheck))


@contextmanager
def by_index() -> Iterator[None]:
    """Let PostgreSQL look into nothing but bitmaps of indexes; SQLite has none of ours."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def ways() -> tuple[bool, ...]:
    """Return how this database can find a part: looked up, and by reading."""
    return (False, True) if has_indexes() else (False,)


@rarely
@given(text=texts, word=words)
@example(text="公交客流", word="公交")
@example(text="公 交", word="公交")
@example(text="交公", word="公交")
@example(text="水", word="水")
@example(text="100%", word="%")
@example(text="100", word="_")
@example(text="o'clock", word="'")
@example(text="a\\b", word="\\")
@example(text="Straße", word="SS")
@example(text="ＡＢ", word="ａ")
@example(text="2", word="２")
def test_words_are_found_as_they_stand(world: World, text: str, word: str) -> None:
    """Each word of a question is a part of the text, in either case, whatever its length."""
    listing = Listing.objects.first() or trading.published(world)
    Listing.objects.update(search_text=text.casefold())
    expected = [listing] if all(part in text.casefold() for part in word.casefold().split()) else []
    assert list(search_listings(MarketQuery(text=word), by=NOBODY).rows) == expected
    for looked_up in ways():
        parts = [text_holds(part, looked_up=looked_up) for part in word.casefold().split()]
        with by_index():
            assert list(Listing.objects.filter(*parts)) == expected


@rarely
@given(region=texts, part=words)
@example(region="Fuzhou 福州", part="福州")
@example(region="Fuzhou", part="fU")
@example(region="Zhou", part="uo")
def test_regions_are_found_as_they_stand(world: World, region: str, part: str) -> None:
    """The same as by reading each."""
    listing = Listing.objects.first() or trading.published(world)
    Listing.objects.update(region=region)
    expected = [listing] if Listing.objects.filter(region__icontains=part).exists() else []
    assert list(search_listings(MarketQuery(region=part), by=NOBODY).rows) == expected
    for looked_up in ways():
        with by_index():
            held = region_holds(part, looked_up=looked_up)
            assert list(Listing.objects.filter(held)) == expected


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (text_holds("水", looked_up=True), "listings_listing_search_text_letters"),
        (text_holds("公交", looked_up=True), "listings_listing_search_text_letters"),
        (region_holds("福州", looked_up=True), "listings_listing_region_letters"),
        (region_holds("Minjiang", looked_up=True), "listings_listing_region_letters"),
    ],
)
def test_the_letters_are_looked_up(condition: Q, index: str, db: None) -> None:
    """Short words and regions by their letters."""
    with by_index():
        assert f"Bitmap Index Scan on {index} " in Listing.objects.filter(condition).explain()


def published_at(listing: Listing) -> datetime:
    """Return when it came to the market."""
    assert listing.published_at is not None
    return listing.published_at


@pytest.fixture
def offers(world: World) -> list[Listing]:
    """Return five offers; the last is for the invited alone."""
    hidden = Sale(visibility="invited", invited=(code_of(world, "buyer"),))
    return [
        trading.published(world, title=f"Bus lines 公交 {letter}", sale=sale)
        for letter, sale in zip("BADCE", [Sale()] * 4 + [hidden], strict=True)
    ]


def test_the_way_of_finding_changes_nothing(
    offers: list[Listing], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many are read and few are looked up: the same offers in the same order, and as many."""
    prices = {offer.pk: 100 * (number % 3) for number, offer in enumerate(offers)}
    for offer in offers:
        Listing.objects.filter(pk=offer.pk).update(price=prices[offer.pk])
    questions = (
        MarketQuery(text="公交"),
        MarketQuery(text="BUS 公交"),
        MarketQuery(region="minj"),
    )
    # Around as many as they see, which are five and four.
    for person, most, wanted in product(("buyer", "stranger"), (1, 4, 5, 6), questions):
        monkeypatch.setattr(CappedPages, "most", most)
        seen = sorted(offers if person == "buyer" else offers[:4], key=lambda one: one.pk)[::-1]
        for order, expected in {
            "newest": sorted(seen, key=published_at, reverse=True),
            "cheapest": sorted(seen, key=lambda one: prices[one.pk]),
            "dearest": sorted(seen, key=lambda one: -prices[one.pk]),
            "title": sorted(seen, key=lambda one: one.title),
        }.items():
            found = search_listings(replace(wanted, order=order), by=world.actor(person))
            assert list(found.rows) == expected, order
            assert CappedPages(found.rows, 2, count=found.count).count == min(most, len(seen))
            looks_up = has_indexes() and len(seen) < most
            assert ("string_to_array" in str(found.rows.query)) == looks_up


def test_pages_of_what_is_found(
    offers: list[Listing], page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each offer that is counted stands on one page; a count that stopped says so."""
    monkeypatch.setattr("marketplace.trading.listings.market.views.CARDS_A_PAGE", 2)
    newest = sorted(offers, key=published_at, reverse=True)
    for most, pages in ((1000, 3), (3, 2)):
        monkeypatch.setattr(CappedPages, "most", most)
        shown: list[Listing] = []
        for number in range(1, pages + 1):
            answer = page_of("buyer").get(reverse("market"), {"q": "公交", "page": str(number)})
            shown += [listing for listing, _card in answer.context["cards"]]
            said = " ".join(answer.content.decode().split())
            assert (">≥ 3 offers<" if most == 3 else ">5 offers<") in said
            assert f"{number} of {pages}" in said
        assert shown == newest[:most]


def test_the_api_pages_through_what_is_found(
    offers: list[Listing], api_of: ApiClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, however much that is: its pages go on from the last one."""
    newest = sorted(offers, key=lambda one: one.created_at, reverse=True)
    for most in (1000, 3):
        monkeypatch.setattr(CappedPages, "most", most)
        asked = urlencode({"q": "公交", "page_size": 2})
        address: str | None = f"{reverse('api_search_market')}?{asked}"
        shown = []
        while address:
            answer = api_of("buyer").get(address).json()
            shown += [row["id"] for row in answer["results"]]
            address = answer["next"]
        assert shown == [str(offer.pk) for offer in newest]


@pytest.mark.parametrize("price", ["1E999999", "1E-999999", "9" * 5000, "NaN", "-1", "1.005"])
def test_a_price_gone_wild_narrows_nothing(db: None, client: Client, price: str) -> None:
    """It is told on the form, and no database is asked with it."""
    for name in ("price_from", "price_to"):
        assert client.get(reverse("market"), {name: price}).status_code == 200
        assert client.get(reverse("api_search_market"), {name: price}).status_code in (200, 422)
