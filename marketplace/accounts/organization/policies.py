"""Who may do what with organizations."""

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import Role
from marketplace.core import Actor


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
