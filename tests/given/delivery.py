"""Grants in each state, reached by acts."""

from __future__ import annotations

from marketplace.delivery.models import Grant
from marketplace.delivery.services.grants import issue_grant, revoke_grant
from marketplace.trading.models import Order
from tests.given.trading import SYSTEM, paid
from tests.given.world import World


def granted(world: World, order: Order | None = None) -> Grant:
    """Open the data of a paid order to its buyer."""
    return issue_grant((order or paid(world)).pk, by=SYSTEM)


def revoked(world: World) -> Grant:
    """Let the centre take a grant back."""
    return revoke_grant(
        granted(world).pk, reason="Used against the contract.", by=world.actor("reviewer")
    )
