"""A listing gives way to its successor, in the caller's transaction."""

from marketplace.core import Actor, locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import successor_of
from marketplace.trading.listings.listing.states import LISTING, ON_MARKET, ListingState
from marketplace.trading.listings.publication.events import ListingSuperseded
from marketplace.trading.listings.renewal.dropping import drop_renewal


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
