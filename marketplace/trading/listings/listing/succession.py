"""A listing gives way to its successor, in the caller's transaction."""

from marketplace.core import Actor, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services import withdraw_case
from marketplace.trading.listings.listing.events import ListingSuperseded
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import successor_of
from marketplace.trading.listings.listing.states import LISTING, ON_MARKET, ListingState
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


def supersede(listing: Listing, *, by: Actor) -> None:
    """Take the listing that another replaces off the market, in the transaction of its publication.

    Where a third has replaced it in the meantime, that third one leaves. Where that was withdrawn,
    nothing has to.
    """
    if listing.replaces_id is None:
        return
    old = locked(Listing.objects.all(), pk=listing.replaces_id)
    while (newer := successor_of(old)) is not None:
        old = locked(Listing.objects.all(), pk=newer.pk)
    if old.pk != listing.replaces_id:
        listing.replaces = old
        listing.save(update_fields=["replaces"])
    if old.state not in ON_MARKET:
        return
    LISTING.move(old, ListingState.SUPERSEDED)
    old.suspension = old.reason = ""
    old.save(update_fields=["state", "suspension", "reason"])
    drop_renewal(old, by=by)
    record(
        ListingSuperseded(
            subject=f"listing:{old.pk}", about=(f"listing:{listing.pk}", *old.concerns)
        ),
        by=by,
    )
