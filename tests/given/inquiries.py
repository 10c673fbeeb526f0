"""Inquiries about data on offer in each state, reached by acts."""

from __future__ import annotations

from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.services import (
    answer_inquiry,
    ask_seller,
    withhold_inquiry,
)
from marketplace.trading.listings.listing.models import Listing
from tests.given import trading
from tests.given.shelf import kept
from tests.given.world import World

TEXT = "Are night buses in it, and from which hour on?"
ANSWER = "Yes, from eleven at night. The column “line” begins with N for them."


@kept
def asked(world: World, listing: Listing | None = None, *, text: str = TEXT) -> Inquiry:
    """Ask about a published listing."""
    on_offer = listing or trading.published(world)
    return ask_seller(on_offer.pk, text=text, by=world.actor("buyer"))


@kept
def answered(world: World) -> Inquiry:
    """Let the seller answer an inquiry."""
    return answer_inquiry(asked(world).pk, answer=ANSWER, by=world.actor("officer"))


@kept
def withheld(world: World) -> Inquiry:
    """Take an answered inquiry off the page."""
    return withhold_inquiry(
        answered(world).pk, reason="It names a person.", by=world.actor("reviewer")
    )
