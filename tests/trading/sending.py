"""What the rows of doors send."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from tests.given.doors import Things
from tests.given.world import PASSWORD, World

REASON = {"reason": "The price is wrong."}


def key_of(reach: Callable[[World], Listing | Order | Contract]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def signed_by_password(things: Things) -> dict[str, str]:
    """Return the form of a signature."""
    return {"digest": things["digest"], "read": "on", "password": PASSWORD}


def signed_by_passkey(things: Things) -> Things:
    """Return a signature by passkey, as a program sends it."""
    return {"digest": things["digest"], "assertion": things["assertion"]}
