"""Listings from before the register knew what rests on its certificates."""

from __future__ import annotations

import pytest

from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.pipeline.due import CLOCKWORK
from marketplace.pipeline.services import note_standing_listings
from marketplace.rights.certificate.models import Reliance
from marketplace.trading.listings.publication.services import withdraw_listing
from tests.given import rights, trading
from tests.given.world import World

KIND = "rights.reliance_noted"


def test_a_listing_that_was_never_noted_is(world: World) -> None:
    """Once; a transfer of its right then waits for its end."""
    listing = trading.published(world)
    assert not Reliance.objects.exists()
    assert note_standing_listings(by=CLOCKWORK) == 1
    reliance = Reliance.objects.get()
    assert (reliance.subject, reliance.certificate_id) == (
        f"listing:{listing.pk}",
        listing.certificate_id,
    )
    assert Entry.objects.filter(kind=KIND).count() == 1
    assert note_standing_listings(by=CLOCKWORK) == 0
    assert Entry.objects.filter(kind=KIND).count() == 1
    assert listing.certificate is not None
    with pytest.raises(WrongState):
        rights.opened_transfer(world, listing.certificate)


def test_what_was_taken_off_the_market_is_left(world: World) -> None:
    """It rests on nothing any more."""
    listing = trading.published(world)
    withdraw_listing(listing.pk, reason="Sold.", by=world.actor("officer"))
    assert note_standing_listings(by=CLOCKWORK) == 0
    assert not Reliance.objects.exists()
    with pytest.raises(NotAllowed):
        note_standing_listings(by=world.actor("administrator"))
