"""Who may do what with a listing."""

from __future__ import annotations

from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.states import IN_PREPARATION


def may_offer(by: Actor, organization_id: UUID) -> bool:
    """An officer of the organization that holds the data offers it."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_decide_listing(by: Actor) -> bool:
    """A reviewer decides."""
    return by.has(Role.REVIEWER)


def is_second_officer(by: Actor, listing: Listing) -> bool:
    """The one who decides neither submitted the listing nor belongs to the seller."""
    return by.person_id != listing.submitted_by_id and not by.acts_for(listing.organization_id)


def may_take_off(by: Actor, listing: Listing) -> bool:
    """The seller and a reviewer take a listing off the market; the seller alone drops a draft."""
    reviews = by.has(Role.REVIEWER) and listing.state not in IN_PREPARATION
    return reviews or may_offer(by, listing.organization_id)


def may_resume(by: Actor, listing: Listing) -> bool:
    """What the centre suspended, a reviewer resumes; else the seller may."""
    return by.has(Role.REVIEWER) or listing.suspension != Suspension.CENTRE


def may_order(by: Actor, listing: Listing) -> bool:
    """A buyer of another organization orders."""
    return by.has(Role.BUYER) and not by.acts_for(listing.organization_id)
