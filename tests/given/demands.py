"""Requests for data in each state, reached by acts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from marketplace.core import clock
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.services import Wish, close_demand, post_demand
from tests.given.shelf import kept
from tests.given.world import World


def wish() -> Wish:
    """Return a wish that keeps every rule."""
    return Wish(
        title="Charging of electric buses",
        wanted="Each charge of a bus with depot, start, end and energy, for 2025, by the hour.",
        purpose="To plan the grid of two districts.",
        open_until=clock.today() + timedelta(days=30),
        budget_from=Decimal("5000.00"),
        budget_to=Decimal("20000.00"),
    )


@kept
def posted(world: World, *, by: str = "buyer") -> Demand:
    """Post a request."""
    return post_demand(wish=wish(), request_key=str(uuid4()), by=world.actor(by))


@kept
def closed(world: World) -> Demand:
    """Close a request."""
    return close_demand(posted(world).pk, by=world.actor("buyer"))
