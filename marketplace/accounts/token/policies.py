"""Who revokes a token, and who says what tokens may be used for."""

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.policies import may_manage_people
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.token.models import Token
from marketplace.core import Actor


def may_set_token_policy(by: Actor, organization: Organization) -> bool:
    """Owners say what tokens of their organization may do; the centre's administrators its own."""
    if organization.kind == OrganizationKind.CENTRE:
        return by.has(Role.ADMINISTRATOR)
    return may_manage_people(by, organization)


def may_manage_token(by: Actor, token: Token) -> bool:
    """A token belongs to its person; the administrator may revoke any."""
    return by.has(Role.ADMINISTRATOR) or token.person_id == by.person_id
