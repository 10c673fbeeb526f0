"""Who proposes a change of people, and who decides on it."""

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.policies import may_manage_people
from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.roles import Role
from marketplace.core import Actor


def acts_for_centre(by: Actor) -> bool:
    """Return whether the actor proposes for the centre: an administrator, or who runs it."""
    return by.is_system or by.has(Role.ADMINISTRATOR)


def may_propose(by: Actor, kind: str, organization: Organization) -> bool:
    """Administrators propose every change; owners, that an owner of theirs is removed."""
    if acts_for_centre(by):
        return True
    return CHANGES[kind].by_owners and may_manage_people(by, organization)


def may_decide(by: Actor, proposal: ChangeProposal) -> bool:
    """Another of those who could have proposed it, whom it does not concern."""
    of = (proposal.organization_id,)
    is_other = is_second("change", proposal.proposed_by_id, by, of=of)
    if not is_other or not is_second("change of oneself", proposal.person_id, by, of=of):
        return False
    if proposal.is_by_centre:
        return by.has(Role.ADMINISTRATOR)
    return may_manage_people(by, proposal.organization)


def may_withdraw(by: Actor, proposal: ChangeProposal) -> bool:
    """Either of the two who made it takes it back, while they may act."""
    made = (proposal.proposed_by_id, proposal.decided_by_id)
    return bool(by.roles) and any(by.is_person(each) for each in made)
