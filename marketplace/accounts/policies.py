"""Who may do what with organizations and people."""

from __future__ import annotations

from marketplace.accounts.models import Organization, Person, Token
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core.actor import Actor


def is_centre_staff(by: Actor) -> bool:
    """Tell whether the actor reviews, watches or runs the centre: those see everybody's things."""
    return by.is_system or by.has(Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)


def may_decide_organization(by: Actor, organization: Organization) -> bool:
    """The centre's administrator decides, but not on an application of their own."""
    return by.has(Role.ADMINISTRATOR) and organization.applied_by_id != by.person_id


def may_manage_people(by: Actor, organization: Organization) -> bool:
    """People manage their own organization's people; the centre's administrator anyone's.

    The centre's own people are the administrator's alone: its treasurer makes no reviewers.
    """
    if by.has(Role.ADMINISTRATOR):
        return True
    return (
        organization.kind != OrganizationKind.CENTRE
        and by.acts_for(organization.pk)
        and by.has(Role.OFFICER, Role.FINANCE, Role.BUYER, Role.AUDITOR)
    )


def may_manage_token(by: Actor, token: Token) -> bool:
    """A token belongs to its person; the administrator may revoke any."""
    return by.has(Role.ADMINISTRATOR) or token.person_id == by.person_id


def may_set_roles(by: Actor, person: Person) -> bool:
    """Roles are set by others: nobody gives themselves a right."""
    if person.pk == by.person_id or person.organization is None:
        return False
    return may_manage_people(by, person.organization)
