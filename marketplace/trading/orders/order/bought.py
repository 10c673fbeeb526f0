"""What of a listing an order is for, from which the listing may have moved on since."""

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.past_offer.selectors import offered_at
from marketplace.trading.orders.order.models import Order


def ordered_listing(order: Order) -> Listing:
    """Return the listing as it was when it was ordered: its revision, proofs and sheet."""
    return offered_at(order.listing, order.revision_id)


def bought_listing(order: Order) -> Listing:
    """Return the listing of which an order is at this moment.

    That is what was ordered, or where later revisions are due what the listing offers now.
    """
    return offered_at(order.listing, order.rests_on)
