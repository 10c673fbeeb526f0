"""Objections to deliveries, and what sellers offer against them, reached by acts."""

from __future__ import annotations

from decimal import Decimal

from marketplace.trading.orders.delivery.services import object_to_delivery
from marketplace.trading.orders.objection.services import (
    accept_remedy,
    decline_remedy,
    offer_remedy,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.remedy.models import Remedy
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import World

OBJECTION = "Half of the columns are empty."
TEXT = "The delays of two lines were not measured in March. We give a sixth of the price back."


@kept
def objected(world: World, order: Order | None = None) -> Order:
    """Let the buyer object to a delivery."""
    order = order or given.delivered(world)
    return object_to_delivery(order.pk, reason=OBJECTION, by=world.actor("buyer"))


@kept
def offered(world: World, order: Order | None = None, *, refund: str = "2000.00") -> Remedy:
    """Let the seller answer an objection."""
    order = order or objected(world)
    return offer_remedy(order.pk, text=TEXT, refund=Decimal(refund), by=world.actor("officer"))


@kept
def accepted(world: World, *, refund: str = "2000.00") -> Remedy:
    """Let the buyer accept what the seller offers."""
    return accept_remedy(offered(world, refund=refund).pk, by=world.actor("buyer"))


@kept
def declined(world: World) -> Remedy:
    """Let the buyer decline what the seller offers."""
    return decline_remedy(offered(world).pk, reason="Too little.", by=world.actor("buyer"))
