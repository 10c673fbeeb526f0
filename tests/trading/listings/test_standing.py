"""What no longer stands is off the market at once, before the pipeline has followed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.core.actor import NOBODY
from marketplace.trading.listings.gate.proofs import proofs_of
from marketplace.trading.listings.gate.refusals import findings_of
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.trading.listings.publication.services import suspend_listing, withdraw_listing
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.gate import BREAKS
from tests.given.world import World


@pytest.mark.parametrize(
    "code",
    [
        *("right-missing", "right-frozen", "right-expired", "risk-withdrawn", "risk-expired"),
        *("valuation-missing", "valuation-expired"),
    ],
)
def test_a_fallen_proof_shows_at_once(code: str, world: World, page_of: PageClients) -> None:
    """Though the listing's own state has not moved, nobody finds it, and its page says why."""
    listing, visitor = given.published(world), page_of("")
    address = reverse("listing_public", args=[listing.pk])
    assert "Trading suspended" not in visitor.get(address).content.decode()
    with BREAKS[code](world, listing):
        assert Listing.objects.get(pk=listing.pk).state == "published"
        assert not published_listings(NOBODY).exists()
        assert not search_listings(MarketQuery(), by=NOBODY).rows.exists()
        page = visitor.get(address)
        assert page.status_code == 200
        assert "Trading suspended" in page.content.decode()
        assert "Order this" not in page.content.decode()
        gone = visitor.get(reverse("api_get_market_listing", args=[listing.pk]))
        assert gone.status_code == 404


def test_a_proof_counts_on_its_last_day_and_not_on_the_next(world: World) -> None:
    """Each of those that have one: the right, the risk report and the valuation."""
    listing = given.published(world)
    proofs = proofs_of(listing)
    assert proofs.certificate is not None
    assert proofs.risk_report is not None
    assert proofs.appraisal is not None
    for proof, code in (
        (proofs.certificate, "right-expired"),
        (proofs.risk_report, "risk-expired"),
        (proofs.appraisal, "valuation-expired"),
    ):
        last = proof.valid_until
        assert last is not None
        for day, is_told in ((last, False), (last + timedelta(days=1), True)):
            told = {finding.code for finding in findings_of(listing, proofs, on=day)}
            assert (code in told) is is_told


def test_what_was_taken_off_says_so(world: World, page_of: PageClients) -> None:
    """A suspended listing's page tells it without the sheet; a withdrawn one is not found."""
    listing, visitor = given.published(world), page_of("")
    address = reverse("listing_public", args=[listing.pk])
    suspend_listing(listing.pk, reason="We check it.", by=world.actor("officer"))
    page = visitor.get(address).content.decode()
    assert "Trading suspended" in page
    assert listing.summary not in page
    withdraw_listing(listing.pk, reason="Replaced.", by=world.actor("officer"))
    assert visitor.get(address).status_code == 404


def test_the_less_used_filters_are_folded_away(world: World, page_of: PageClients) -> None:
    """Until one of them is used, so that nobody wonders why so little is found."""
    given.published(world)
    visitor, address = page_of(""), reverse("market")
    assert '<details class="more-filters">' in visitor.get(address).content.decode()
    assert '<details class="more-filters">' in visitor.get(f"{address}?q=bus").content.decode()
    for narrowed in ("region=Min", "price_to=20000", "exclusive=no", "plan=once"):
        page = visitor.get(f"{address}?{narrowed}").content.decode()
        assert '<details class="more-filters" open>' in page
