"""What the rows of doors send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from tests.given.doors import Send, Things
from tests.given.world import World

REASON = {"reason": "The price is wrong."}


def to(route: str, data: dict[str, Any] | None = None) -> Callable[[Things], Send]:
    """Return a sender to a route whose argument is the key of the thing."""
    return lambda things: Send(reverse(route, args=[things["pk"]]), dict(data or {}))


def key_of(reach: Callable[[World], Listing | Order | Contract]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}
