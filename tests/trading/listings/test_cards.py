"""What the cards of the market say."""

from __future__ import annotations

from copy import deepcopy

from django.urls import reverse

from marketplace.trading.listings.listing.models import Listing
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.world import World
from tests.trading.test_pages import text


def test_a_card_says_what_the_sheet_says(world: World, page_of: PageClients) -> None:
    """In words; also of a sheet of before there were plans, and with codes of another day."""
    listing = given.published(world)
    assert listing.sheet is not None
    shown = ("Transport", "Public-service data", "Minjiang", "12,000.00 CNY", "Transport Bureau")
    page = text(page_of("").get(reverse("market")))
    assert [said for said in (listing.title, listing.summary, *shown) if said not in page] == []
    old = deepcopy(listing.sheet)
    del old["plan"]
    old["dataset"]["theme"] = "steamers"
    Listing.objects.filter(pk=listing.pk).update(sheet=old)
    page = text(page_of("").get(reverse("market")))
    assert "steamers" in page
    assert "12,000.00 CNY" in page
