"""Who may do what with a renewal."""

from __future__ import annotations

from marketplace.core.actor import Actor
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.renewal.models import ListingRenewal


def is_second_officer_of_renewal(by: Actor, renewal: ListingRenewal) -> bool:
    """The one who decides neither submitted the renewal nor belongs to the seller."""
    return by.person_id != renewal.submitted_by_id and not by.acts_for(
        renewal.listing.organization_id
    )


def is_renewable(listing: Listing) -> bool:
    """What is on the market goes on, and what is suspended, but for what the centre suspended."""
    return listing.state in ON_MARKET and listing.suspension != Suspension.CENTRE
