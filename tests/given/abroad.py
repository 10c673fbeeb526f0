"""Important data on the market, and a buyer from abroad."""

from __future__ import annotations

from marketplace.accounts.models import Organization
from marketplace.trading.listings.listing.models import Listing
from tests.given import sandboxes
from tests.given.gate import approved_with
from tests.given.shelf import kept
from tests.given.world import World, code

REFERENCE = "网信出境评〔2026〕12号"
PASSED = {"uscc": code("company"), "reference": REFERENCE, "valid_until": "2099-12-31"}


@kept
def important(world: World) -> Listing:
    """Return important data on the market as a sandbox, which is how alone it may be offered.

    The grade is set, since what it follows from does not matter here.
    """
    listing = sandboxes.published(world)
    approved_with(grade="important")(world, listing)
    return Listing.objects.get(pk=listing.pk)


def from_abroad(world: World) -> Organization:
    """Let the buyer's organization be one from abroad, as its application would have said."""
    Organization.objects.filter(pk=world.organization("buyer").pk).update(is_abroad=True)
    return world.organization("buyer")


@kept
def for_foreigners(world: World) -> Listing:
    """Return important data, where the buyer is from abroad."""
    from_abroad(world)
    return important(world)
