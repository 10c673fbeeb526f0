"""Subscriptions that promise later revisions, with a credit for each that is missed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.order.models import Order
from tests.given import trading as given
from tests.given.world import World

MONTHLY = Subscription(amount=Decimal("1000.00"), period_months=1, periods=12)
DAILY: dict[str, Any] = {
    "revision_every": "day",
    "revision_grace": 6,
    "credit_percent": 3,
    "credit_most": 30,
}


def promised(world: World, plan: Subscription = MONTHLY, **terms: Any) -> Order:
    """Pay the first month of a subscription with a revision each day, and open its data."""
    listing = given.published(
        world,
        plan=plan,
        price=Decimal("0.00"),
        terms=replace(given.OFFER.terms, **(DAILY | {"licence_months": plan.months} | terms)),
    )
    order = given.paid(world, given.placed(world, listing))
    return mark_delivered(order.pk, by=given.SYSTEM)
