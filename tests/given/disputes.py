"""Disputes in each state, reached by acts."""

from __future__ import annotations

from decimal import Decimal

from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    appeal_dispute,
    decide_dispute,
    open_dispute,
    propose_settlement,
    take_over_mediation,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import World

TEXT = "Half of the columns are empty."
REASON = "A third of the rows cannot be used."


@kept
def opened(world: World, order: Order | None = None, *, by: str = "buyer") -> Dispute:
    """Dispute a delivered order."""
    return open_dispute((order or given.delivered(world)).pk, text=TEXT, by=world.actor(by))


@kept
def withdrawn(world: World) -> Dispute:
    """Take a dispute back."""
    return withdraw_dispute(opened(world).pk, by=world.actor("buyer"))


@kept
def proposed(world: World, dispute: Dispute | None = None, *, refund: str = "4000.00") -> Dispute:
    """Propose a settlement."""
    return propose_settlement(
        (dispute or opened(world)).pk,
        refund=Decimal(refund),
        reason=REASON,
        by=world.actor("reviewer"),
    )


@kept
def settled(world: World, *, refund: str = "4000.00") -> Dispute:
    """Let both sides agree."""
    dispute = proposed(world, refund=refund)
    answer_settlement(dispute.pk, is_agreed=True, by=world.actor("officer"))
    return answer_settlement(dispute.pk, is_agreed=True, by=world.actor("buyer"))


@kept
def decided(world: World, dispute: Dispute | None = None, *, refund: str = "4000.00") -> Dispute:
    """Let a second officer decide."""
    return decide_dispute(
        (dispute or proposed(world)).pk,
        refund=Decimal(refund),
        reason=REASON,
        by=world.actor("second_reviewer"),
    )


@kept
def appealed(world: World) -> Dispute:
    """Let the seller go to court."""
    return appeal_dispute(decided(world).pk, text="The court.", by=world.actor("officer"))


@kept
def taken_over(world: World) -> Dispute:
    """Let another officer mediate after a proposal."""
    return take_over_mediation(
        proposed(world).pk, reason="They are away.", by=world.actor("second_reviewer")
    )
