"""Who may do what with a dispute."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.trading.orders.dispute.models import Dispute


def may_mediate(by: Actor, dispute: Dispute) -> bool:
    """A reviewer of the centre mediates and decides, unless they belong to a side."""
    order = dispute.order
    is_side = by.acts_for(order.buyer_id) or by.acts_for(order.listing.organization_id)
    return by.has(Role.REVIEWER) and by.person_id is not None and not is_side


def may_propose(by: Actor, dispute: Dispute) -> bool:
    """Who began to mediate goes on: the others are left to decide as second officers."""
    return may_mediate(by, dispute) and dispute.proposed_by_id in (None, by.person_id)


def may_take_over(by: Actor, dispute: Dispute) -> bool:
    """Where somebody mediates, another who may mediate can go on in their place."""
    return may_mediate(by, dispute) and dispute.proposed_by_id not in (None, by.person_id)


def is_second_officer(by: Actor, mediators: Collection[UUID]) -> bool:
    """Others mediated, first or later, and this one never did: nobody divides money alone."""
    return bool(mediators) and by.person_id not in mediators
