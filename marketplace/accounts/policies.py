"""Who may do what with organizations and people."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.models import Organization, Person, Token
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.states import OrganizationState
from marketplace.core import Actor

Row = TypeVar("Row", bound=Model)


def is_centre_staff(by: Actor) -> bool:
    """Return whether the actor reviews, watches or runs the centre, and so sees all things."""
    return by.is_system or by.has(Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)


def rows_of_holder(rows: QuerySet[Row], by: Actor, *, holder: str) -> QuerySet[Row]:
    """Return all rows to the centre's staff, else those whose `holder` the actor acts for."""
    if is_centre_staff(by):
        return rows
    return rows.filter(**{holder: by.organization_id}) if by.organization_id else rows.none()


def may_decide_organization(by: Actor, organization: Organization) -> bool:
    """The centre's administrator decides, but not on an application of their own."""
    return is_second("organization", organization.applied_by_id, by, of=(organization.pk,))


def may_verify_organization(by: Actor, organization: Organization) -> bool:
    """Another administrator verifies than who examined the documents, and not one's own."""
    return may_decide_organization(by, organization) and is_second(
        "examined organization", organization.examined_by_id, by, of=(organization.pk,)
    )


def may_manage_people(by: Actor, organization: Organization) -> bool:
    """Owners manage the people of their organization, and nobody else does.

    What owners cannot mend, and whatever changes the people of the centre, takes two: a proposal.
    """
    return by.acts_for(organization.pk) and by.has(Role.OWNER)


def may_withdraw_invitations(by: Actor, organization: Organization) -> bool:
    """Owners withdraw invitations to their organization, any administrator those to the centre."""
    if organization.kind == OrganizationKind.CENTRE:
        return by.has(Role.ADMINISTRATOR)
    return may_manage_people(by, organization)


def may_reapply(by: Actor, organization: Organization) -> bool:
    """Whoever applied applies again: a refused organization has nobody else."""
    return by.is_member_of(organization.pk) and by.person_id == organization.applied_by_id


def may_attach_documents(by: Actor, organization: Organization) -> bool:
    """An owner, or whoever applied while nobody can act; an administrator what came on paper."""
    if by.has(Role.ADMINISTRATOR):
        return True
    if organization.state == OrganizationState.VERIFIED:
        return may_manage_people(by, organization)
    return by.is_member_of(organization.pk) and by.person_id == organization.applied_by_id


def may_set_token_policy(by: Actor, organization: Organization) -> bool:
    """Owners say what tokens of their organization may do; the centre's administrators its own."""
    if organization.kind == OrganizationKind.CENTRE:
        return by.has(Role.ADMINISTRATOR)
    return may_manage_people(by, organization)


def is_owner(person: Person) -> bool:
    """Return whether a person, fetched with their roles, owns their organization."""
    return any(grant.role == Role.OWNER for grant in person.role_grants.all())


def may_manage_token(by: Actor, token: Token) -> bool:
    """A token belongs to its person; the administrator may revoke any."""
    return by.has(Role.ADMINISTRATOR) or token.person_id == by.person_id


def may_set_signing_limit(by: Actor, person: Person) -> bool:
    """Owners say what others may sign for: nobody gives themselves a right."""
    if by.is_person(person.pk) or person.organization is None:
        return False
    return may_manage_people(by, person.organization)
