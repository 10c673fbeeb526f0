"""A buyer of later revisions who may leave, since the seller's rules of quality promise less."""

from __future__ import annotations

from decimal import Decimal

from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.order.models import Order
from tests.given import quality
from tests.given import trading as given
from tests.given.delivery import granted
from tests.given.quality import rule
from tests.given.shelf import kept
from tests.given.world import World

MONTHLY = Subscription(amount=Decimal("300.00"), period_months=1, periods=12)
STRONG = (rule("range", "boardings", at_least="0"), rule("present", "line"))


@kept
def subscribed(world: World) -> Order:
    """Buy a month of each revision of data that keeps to two rules."""
    listing = given.published(world, plan=MONTHLY)
    quality.set_rules(world, listing.product.dataset, STRONG)
    grant = granted(world, given.paid(world, given.placed(world, listing)))
    mark_delivered(grant.order_id, by=given.SYSTEM)
    return accept_delivery(grant.order_id, by=world.actor("buyer"))


def weaken(world: World, order: Order) -> None:
    """Leave one of the two rules."""
    quality.set_rules(world, order.listing.product.dataset, STRONG[:1], reason="It is in the way.")
