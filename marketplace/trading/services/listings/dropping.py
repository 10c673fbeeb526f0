"""A renewal that waits ends with its listing."""

from __future__ import annotations

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import withdraw_case
from marketplace.trading.models import Listing
from marketplace.trading.selectors import waiting_renewal_of
from marketplace.trading.states import RENEWAL, RenewalState


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
