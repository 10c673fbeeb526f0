"""Who may do what with grants."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.delivery.models import Grant
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.orders.order.models import Order


def may_download(by: Actor, grant: Grant) -> bool:
    """The buyers of the organization that bought read the data; nobody else, whoever they are."""
    return by.has(Role.BUYER) and by.acts_for(grant.organization_id)


def may_read_answers(by: Actor, grant: Grant) -> bool:
    """Whoever belongs to the organization that asked reads its answers; nobody else."""
    return by.acts_for(grant.organization_id)


def may_retry_copy(by: Actor, order: Order) -> bool:
    """The seller's officers and the centre's reviewers have a copy written again."""
    return by.has(Role.REVIEWER) or may_offer(by, order.listing.organization_id)


def may_revoke(by: Actor) -> bool:
    """A reviewer of the centre takes access back: neither side of a contract can."""
    return by.has(Role.REVIEWER)
