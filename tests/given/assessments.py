"""Impact assessments in each state, reached by acts."""

from __future__ import annotations

from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.services import (
    approve_assessment,
    make_assessment,
    return_assessment,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from tests.given import preparation, trading
from tests.given.shelf import kept
from tests.given.world import World


@kept
def unassessed(world: World) -> Listing:
    """Draft a listing of people's data with every proof but the assessment."""
    version = preparation.classified_version(world, personal_basis="consent")
    masked = preparation.masked(world, version)
    trading.valued(world, masked)
    return draft_listing(masked.pk, offer=trading.offer(), by=world.actor("officer"))


@kept
def made(world: World, listing: Listing | None = None) -> ImpactAssessment:
    """Let an officer assess it."""
    listing = listing or unassessed(world)
    return make_assessment(listing.pk, **trading.ASSESSMENT, by=world.actor("officer"))


@kept
def returned(world: World) -> ImpactAssessment:
    """Let a second person return it."""
    pk = made(world).pk
    return return_assessment(pk, reason="Say who could guess.", by=world.actor("reviewer"))


@kept
def approved(world: World) -> ImpactAssessment:
    """Let a second person approve it."""
    return approve_assessment(made(world).pk, by=world.actor("colleague"))
