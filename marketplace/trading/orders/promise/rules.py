"""When a missed revision is nobody's fault."""

from __future__ import annotations

from marketplace.core.errors import Refusal
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.models import Suspension
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.orders.order.models import Order

HELD_UP = frozenset({"right-frozen", "upstream-frozen"})


def is_excused(order: Order) -> bool:
    """Return whether the centre, a court or an authority holds the data up at this moment."""
    listing = order.listing
    if listing.state == ListingState.SUSPENDED and listing.suspension == Suspension.CENTRE:
        return True
    try:
        gate.refuse_unless_standing(listing, order.rests_on)
    except Refusal as refusal:
        return refusal.code in HELD_UP
    return False
