"""Who may put files into the vault and take them out."""

from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.vault.models import StoredFile


def may_store(by: Actor, organization_id: UUID) -> bool:
    """People of the organization store its files, also while it is not verified yet; the
    centre's software stores its results. What may be stored, the acts say that call the vault.
    """
    return by.is_system or by.is_member_of(organization_id)


def may_remove(by: Actor, file: StoredFile) -> bool:
    """Officers of the organization and the centre's software remove files."""
    return by.is_system or (by.acts_for(file.organization_id) and by.has(Role.OFFICER))
