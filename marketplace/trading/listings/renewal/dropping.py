"""A waiting renewal falls with what it is of, in the caller's transaction."""

from marketplace.core import Actor, clock
from marketplace.review.models import CaseKind
from marketplace.review.services import withdraw_case
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.selectors import waiting_renewal_of
from marketplace.trading.listings.renewal.states import RENEWAL, RenewalState


def drop_renewal(listing: Listing, *, by: Actor) -> None:
    """Take the waiting renewal of a listing back, where there is one, with the listing locked."""
    renewal = waiting_renewal_of(listing)
    if renewal is None:
        return
    RENEWAL.move(renewal, RenewalState.DROPPED)
    renewal.decided_at = clock.now()
    renewal.save(update_fields=["state", "decided_at"])
    withdraw_case(
        kind=CaseKind.LISTING, subject=f"listing:{listing.pk}", about=listing.concerns, by=by
    )
