"""Amendments in each state, reached by acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marketplace.trading.listings.plans import Plan
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.services import (
    decline_amendment,
    propose_amendment,
    withdraw_amendment,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_amendment
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import PASSWORD, World

REASON = "Two years are too long for us."


@kept
def proposed(
    world: World,
    order: Order | None = None,
    *,
    plan: Plan | None = None,
    by: str = "buyer",
    **terms: Any,
) -> Amendment:
    """Propose another plan or other terms for a completed order: two years where none are named."""
    order = order or given.completed(world)
    order = Order.objects.get(pk=order.pk)
    others = terms if terms or plan else {"licence_months": 24}
    wanted = replace(order.agreed_terms, **others)
    return propose_amendment(
        order.contract.pk, terms=wanted, plan=plan, message="For you.", by=world.actor(by)
    )


def signed(world: World, amendment: Amendment, person: str) -> Amendment:
    """Let a person accept an amendment before the centre."""
    return sign_amendment(
        amendment.pk, digest=amendment.digest, password=PASSWORD, by=world.actor(person)
    )


@kept
def in_force(world: World, amendment: Amendment | None = None) -> Amendment:
    """Let both sides sign."""
    amendment = amendment or proposed(world)
    signed(world, amendment, "buyer")
    return signed(world, amendment, "officer")


@kept
def declined(world: World) -> Amendment:
    """Let the seller decline."""
    return decline_amendment(proposed(world).pk, reason=REASON, by=world.actor("officer"))


@kept
def withdrawn(world: World) -> Amendment:
    """Let the buyer take it back."""
    return withdraw_amendment(proposed(world).pk, by=world.actor("buyer"))
