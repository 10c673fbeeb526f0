"""A proof falls: nobody can buy from that moment on, and soon everybody is shown why."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse

from marketplace.core.errors import WrongState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from tests.conftest import PageClients
from tests.given import trading
from tests.given.gate import BREAKS, by_act, certificate_of
from tests.given.remarks import judicially_frozen
from tests.given.world import World
from tests.pipeline.test_loop import Pipeline, pipeline, until

__all__ = ["pipeline"]

FALLS = {
    **{
        code: BREAKS[code]
        for code in (
            *("content-not-approved", "right-missing", "right-frozen", "right-mismatch"),
            *("risk-withdrawn", "valuation-missing", "ceiling-missing"),
        )
    },
    "judicial-freeze": by_act(
        lambda world, listing: judicially_frozen(world, certificate_of(listing))
    ),
}
"""What takes a proof from a listing by an act, while the clock stands on the same day."""


def seconds_until_suspended(fall: str) -> float:
    """Let a proof of a new listing fall; answer for how long it was still called published.

    At the same moment, before the pipeline can have followed, an order is refused.
    """
    world = World()
    listing, buyer = trading.published(world), world.actor("buyer")
    key, orders = str(uuid4()), Order.objects.count()
    with FALLS[fall](world, listing):
        began = time.monotonic()
        with pytest.raises(WrongState):
            place_order(listing.pk, purpose=trading.PURPOSE, request_key=key, by=buyer)
        until(lambda: Listing.objects.get(pk=listing.pk).state == "suspended")
        seconds = time.monotonic() - began
    assert Order.objects.count() == orders
    shown_suspended(world, listing)
    return seconds


def shown_suspended(world: World, listing: Listing) -> None:
    """Look at the pages of everybody and of the seller."""
    public = reverse("listing_public", args=[listing.pk])
    visitor, seller = PageClients(world)(""), PageClients(world)("officer")
    assert "Trading suspended" in visitor.get(public).content.decode()
    assert public not in visitor.get(reverse("market")).content.decode()
    own = seller.get(reverse("listing_detail", args=[listing.pk])).content.decode()
    assert "because a proof no longer stands" in own


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_what_lost_a_proof_is_suspended(pipeline: Pipeline, chance: Random) -> None:
    """By the running loop, which nobody else helps, whichever proof it was."""
    for fall in chance.sample(list(FALLS), 3):
        seconds_until_suspended(fall)


@pytest.mark.campaign
@pytest.mark.parametrize("fall", FALLS)
def test_what_lost_a_proof_is_suspended_ten_times(
    pipeline: Pipeline, fall: str, record_property: Callable[[str, object], None]
) -> None:
    """Says the longest time between the fall and the suspension."""
    longest = max(seconds_until_suspended(fall) for _round in range(10))
    record_property("falls", 10)
    record_property("longest until suspended in seconds", f"{longest:.1f}")
