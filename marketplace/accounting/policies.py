"""Who may record costs."""

from __future__ import annotations

from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor


def may_keep_costs(by: Actor, organization_id: UUID) -> bool:
    """The finance officers of the organization that bears the cost."""
    return by.has(Role.FINANCE) and by.acts_for(organization_id)
