"""Who may do what with claims."""

from uuid import UUID

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor
from marketplace.rights.claim.models import Claim


def may_claim(by: Actor, dataset: Dataset) -> bool:
    """Officers claim rights over the data of their own organization."""
    return by.has(Role.OFFICER) and by.acts_for(dataset.organization_id)


def may_complete(by: Actor, claim: Claim) -> bool:
    """Those of the claimant who look after its rights add evidence, submit and withdraw; of a
    transfer, both sides'."""
    transferor = claim.transferor
    if transferor is not None:
        return may_join(by, claim) or looks_after(by, transferor.pk, claim.dataset)
    return looks_after(by, claim.organization_id, claim.dataset)


def may_join(by: Actor, claim: Claim) -> bool:
    """Officers and buyers of the acquirer ask for a transfer too."""
    return by.has(Role.OFFICER, Role.BUYER) and by.acts_for(claim.organization_id)


def parties_of(claim: Claim) -> tuple[UUID, ...]:
    """Return the organizations of a claim: the claimant, and the holder who transfers."""
    transferor = claim.transferor
    return (claim.organization_id, *([transferor.pk] if transferor else []))


def is_party(by: Actor, claim: Claim) -> bool:
    return any(by.acts_for(each) for each in parties_of(claim))


def may_examine(by: Actor, claim: Claim) -> bool:
    """Reviewers of the centre examine claims; the centre is never its own claimant."""
    return by.has(Role.REVIEWER) and not by.belongs_to(*parties_of(claim))


def may_object(by: Actor, claim: Claim) -> bool:
    """Anybody of another verified organization objects; the centre investigates instead."""
    return bool(by.roles) and not by.belongs_to(*parties_of(claim)) and not is_centre_staff(by)


def looks_after(by: Actor, organization_id: UUID, dataset: Dataset) -> bool:
    """Officers look after their organization's rights; buyers too after those it acquired."""
    is_acquired = dataset.organization_id != organization_id
    may = by.has(Role.OFFICER) or (is_acquired and by.has(Role.BUYER))
    return may and by.acts_for(organization_id)
