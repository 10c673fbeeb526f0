"""Listings after their first publication: renewed, replaced, shown to guests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.trading.listings.sale.values import Sale
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.preparation import masked, policy_document
from tests.given.shelf import kept
from tests.given.trading import LISTING_CHECKLIST
from tests.given.world import World

UNTIL_NEXT_MONTH = 30


def days() -> dict[str, Any]:
    """Return the days of sale that renewals ask for here."""
    return {
        "on_sale_from": None,
        "on_sale_until": clock.today() + timedelta(days=UNTIL_NEXT_MONTH),
    }


@kept
def waiting(world: World, listing: Listing | None = None) -> Listing:
    """Submit the renewal of a published listing, to be sold until next month."""
    listing = listing or given.published(world)
    renew_listing(listing.pk, **days(), by=world.actor("officer"))
    return listing


@kept
def renewed(world: World, listing: Listing | None = None) -> Listing:
    """Let a second officer approve a renewal."""
    return approve_renewal(
        waiting(world, listing).pk,
        checklist=LISTING_CHECKLIST,
        by=world.actor("second_reviewer"),
    )


@kept
def returned(world: World) -> Listing:
    """Let a second officer refuse a renewal."""
    return return_renewal(
        waiting(world).pk, reason="Say why it is sold on.", by=world.actor("second_reviewer")
    )


def successor(world: World, old: Listing, **changes: Any) -> Listing:
    """Draft a dearer listing of the same version that is to take the place of one."""
    offered = replace(given.OFFER, **({"price": given.OFFER.price + 1} | changes))
    officer = world.actor("officer")
    return draft_listing(old.revision.version_id, offer=offered, replaces=old.pk, by=officer)


def other_version(world: World, listing: Listing) -> DatasetVersion:
    """Desensitize the data of a listing once more, by another policy, and have that valued."""
    source = listing.revision.version.parent
    assert source is not None
    version = masked(world, source, document=policy_document(source, line="redact"))
    in_force(world, version.dataset)
    return version


def published(world: World, draft: Listing) -> Listing:
    """Bring a draft to the market."""
    submit_listing(draft.pk, by=world.actor("officer"))
    return publish_listing(draft.pk, checklist=LISTING_CHECKLIST, by=world.actor("second_reviewer"))


@kept
def superseded(world: World) -> Listing:
    """Let a newer listing take the place of a published one."""
    old = given.published(world)
    published(world, successor(world, old))
    return Listing.objects.get(pk=old.pk)


@kept
def by_invitation(world: World) -> Listing:
    """Publish a listing for one invited organization alone."""
    return given.published(
        world,
        sale=Sale(visibility="invited", invited=(world.organization("buyer").uscc,)),
    )
