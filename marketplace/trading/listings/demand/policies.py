"""Who may do what with a request for data."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.trading.listings.demand.models import Demand


def may_post_demand(by: Actor) -> bool:
    """A buyer asks for data that nobody lists."""
    return by.has(Role.BUYER)


def may_answer_demand(by: Actor, demand: Demand) -> bool:
    """An officer of another organization answers."""
    return by.has(Role.OFFICER) and not by.acts_for(demand.buyer_id)


def may_close_demand(by: Actor, demand: Demand) -> bool:
    """A buyer of the organization that asked closes."""
    return by.has(Role.BUYER) and by.acts_for(demand.buyer_id)
