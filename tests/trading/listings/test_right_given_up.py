"""A listing whose right was given up or changed cannot be bought."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from marketplace.core.errors import WrongState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.publication.services import suspend_broken_listings
from tests.given import following, trading
from tests.given import rights as given
from tests.given.gate import certificate_of
from tests.given.world import World


@pytest.mark.parametrize("ask", [following.asked_cancellation, following.asked_change])
def test_nobody_buys_it_any_more(world: World, ask: Callable[[World, Certificate], Claim]) -> None:
    """At once, and the listing leaves the market; until it was confirmed, nothing changed."""
    listing = trading.published(world)
    claim = following.waived_following(world, ask(world, certificate_of(listing)))
    assert suspend_broken_listings(by=given.software()) == []
    following.confirm(world, claim)
    with pytest.raises(WrongState):
        trading.placed(world, listing)
    suspend_broken_listings(by=given.software())
    listing.refresh_from_db()
    assert listing.state == ListingState.SUSPENDED
