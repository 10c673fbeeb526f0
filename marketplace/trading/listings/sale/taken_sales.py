"""What orders leave of a listing, each step in the transaction of the act on the order."""

from __future__ import annotations

from uuid import UUID

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.sale.models import TakenSale


def take_sale(listing: Listing, *, order_id: UUID, buyer_id: UUID, number: int | None) -> TakenSale:
    """Take a sale of a listing for an order that is placed.

    Raises:
        IntegrityError: the listing is sold to one buyer alone, or this of its sales is taken.
    """
    return TakenSale.objects.create(
        listing=listing,
        order_id=order_id,
        buyer_id=buyer_id,
        is_exclusive=listing.is_exclusive,
        number=number,
    )


def keep_sale(order_id: UUID, *, is_live: bool, is_completed: bool) -> None:
    """Note whether an order still stands, and whether it is completed."""
    TakenSale.objects.filter(order_id=order_id).update(is_live=is_live, is_completed=is_completed)
