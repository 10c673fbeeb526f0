"""What the public front page shows."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.core.actor import Actor
from marketplace.ledger.selectors import last_head
from marketplace.trading.market import published_listings
from marketplace.trading.models import Listing
from marketplace.trading.selectors import settled_orders_count

NEWEST = 6


@dataclass(frozen=True)
class Front:
    """The figures and the newest listings."""

    listings: int
    settled: int
    sealed: int
    newest: list[Listing]


def front_figures(by: Actor) -> Front:
    """Answer what the actor may know."""
    on_offer = published_listings(by)
    head = last_head()
    return Front(
        listings=on_offer.count(),
        settled=settled_orders_count(),
        sealed=head.tree_size if head else 0,
        newest=list(on_offer.order_by("-published_at")[:NEWEST]),
    )
