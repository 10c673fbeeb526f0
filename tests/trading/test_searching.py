"""Words are found as they stand in the texts, with and without an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.core.actor import NOBODY
from marketplace.trading.market import MarketQuery, search_listings
from marketplace.trading.models import Listing
from marketplace.trading.searching import region_holds, text_holds
from tests.given import trading
from tests.given.world import World

LETTERS = "aAbB公交水２ＡéÉß'\"%_\\,.- \n"
texts = st.text(LETTERS, max_size=12)
words = st.text(LETTERS, max_size=5)
rarely = settings(max_examples=150, suppress_health_check=list(HealthCheck))


@contextmanager
def by_index() -> Iterator[None]:
    """Let PostgreSQL look into nothing but bitmaps of indexes; SQLite has none of ours."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


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
    assert list(search_listings(MarketQuery(text=word), by=NOBODY)) == expected
    with by_index():
        parts = Q(*map(text_holds, word.casefold().split()))
        assert list(Listing.objects.filter(parts)) == expected


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
    assert list(search_listings(MarketQuery(region=part), by=NOBODY)) == expected
    with by_index():
        assert list(Listing.objects.filter(region_holds(part))) == expected


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (text_holds("水"), "trading_listing_search_text_letters"),
        (text_holds("公交"), "trading_listing_search_text_letters"),
        (region_holds("福州"), "trading_listing_region_letters"),
        (region_holds("Minjiang"), "trading_listing_region_letters"),
    ],
)
def test_the_letters_are_looked_up(condition: Q, index: str, db: None) -> None:
    """Short words and regions by their letters."""
    with by_index():
        assert f"Bitmap Index Scan on {index} " in Listing.objects.filter(condition).explain()
