"""Who may do what with organizations and people."""

from __future__ import annotations

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.models import Organization, Person, Token
from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor


def is_centre_staff(by: Actor) -> bool:
    """Return whether the actor reviews, watches or runs the centre, and so sees all things."""
    return by.is_system or by.has(Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)


def may_decide_organization(by: Actor, organization: Organization) -> bool:
    """The centre's administrator decides, but not on an application of their own."""
    return is_second("organization", organization.applied_by_id, by)


def may_manage_people(by: Actor, organization: Organization) -> bool:
    """Whoever applied for an organization manages its people; the centre's administrator anyone's.

    The founder holds a role like everybody else, and is managed by the administrator alone. The
    centre was founded by nobody who applied, so its people are the administrator's.
    """
    if by.has(Role.ADMINISTRATOR):
        return True
    return bool(by.roles) and by.person_id == organization.applied_by_id


def may_manage_token(by: Actor, token: Token) -> bool:
    """A token belongs to its person; the administrator may revoke any."""
    return by.has(Role.ADMINISTRATOR) or token.person_id == by.person_id


def may_set_roles(by: Actor, person: Person) -> bool:
    """Roles are set by others: nobody gives themselves a right."""
    if by.is_person(person.pk) or person.organization is None:
        return False
    return may_manage_people(by, person.organization)
