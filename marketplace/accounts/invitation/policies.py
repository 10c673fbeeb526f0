"""Who withdraws invitations."""

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.policies import may_manage_people
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor


def may_withdraw_invitations(by: Actor, organization: Organization) -> bool:
    """Owners withdraw invitations to their organization, any administrator those to the centre."""
    if organization.kind == OrganizationKind.CENTRE:
        return by.has(Role.ADMINISTRATOR)
    return may_manage_people(by, organization)
