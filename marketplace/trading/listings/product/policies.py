"""Who may offer what."""

from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.core import Actor


def may_offer(by: Actor, organization_id: UUID) -> bool:
    """An officer of the organization that holds the data offers it."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)
