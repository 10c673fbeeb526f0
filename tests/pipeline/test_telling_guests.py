"""Organizations that are invited to a listing are told of it, and nobody else."""

from __future__ import annotations

from marketplace.notices.models import Notice
from marketplace.trading.listings.listing.services import invite_to_listing, take_invitation_back
from tests.conftest import PageClients
from tests.given import renewals
from tests.given import trading as given
from tests.given.world import World
from tests.pipeline.test_telling_of_money import told

BUYERS = {"buyer", "second_buyer"}


def test_guests_are_told(world: World, page_of: PageClients) -> None:
    """When it is published, when they are invited later, and when it is renewed."""
    listing = renewals.by_invitation(world)
    assert told("listing_offered") == BUYERS
    notice = Notice.objects.filter(kind="listing_offered")[0]
    assert notice.parameters["thing"] == listing.title
    assert page_of("buyer").get(notice.url).status_code == 200
    Notice.objects.all().delete()
    stranger = world.organization("stranger")
    officer = world.actor("officer")
    invite_to_listing(listing.pk, invited=(stranger.uscc,), by=officer)
    assert told("listing_offered") == {"stranger"}
    invite_to_listing(listing.pk, invited=(stranger.uscc,), by=officer)
    assert Notice.objects.filter(kind="listing_offered").count() == 1
    renewals.renewed(world, listing)
    assert told("listing_renewed") == {*BUYERS, "stranger"}


def test_an_invitation_that_was_taken_back_at_once_tells_nobody(world: World) -> None:
    """The page would not open to them."""
    listing = renewals.by_invitation(world)
    stranger, officer = world.organization("stranger"), world.actor("officer")
    assert told("listing_offered") == BUYERS
    invite_to_listing(listing.pk, invited=(stranger.uscc,), by=officer)
    take_invitation_back(listing.pk, organization_id=stranger.pk, by=officer)
    assert told("listing_offered") == BUYERS


def test_a_listing_for_everybody_tells_nobody(world: World) -> None:
    """Whoever looks finds it in the market."""
    given.published(world)
    assert told("listing_offered") == set()
