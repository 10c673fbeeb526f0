"""What the public front page shows."""

from dataclasses import dataclass

from marketplace.core import Actor
from marketplace.ledger.selectors import last_head
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.selectors import settled_orders_count
from marketplace.web.pagination import CappedPages

NEWEST = 6


@dataclass(frozen=True)
class Front:
    """The figures and the newest listings; `listings` are counted as far as the market counts."""

    listings: int
    settled: int
    sealed: int
    newest: list[Listing]


def front_figures(by: Actor) -> Front:
    on_offer = published_listings(by)
    head = last_head()
    return Front(
        listings=CappedPages.counted(on_offer),
        settled=settled_orders_count(),
        sealed=head.tree_size if head else 0,
        newest=list(on_offer.order_by("-published_at")[:NEWEST]),
    )
