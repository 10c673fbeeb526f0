from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.states import ProposalState
from marketplace.accounts.roles import Role
from marketplace.core import Actor, clock


def proposals_visible_to(by: Actor) -> QuerySet[ChangeProposal]:
    """Return all to the centre's staff; else those of the owner's organization, and about oneself.

    Who was concerned by what was never approved is not told of it here.
    """
    rows = ChangeProposal.objects.select_related("organization", "person__organization")
    rows = rows.prefetch_related("person__role_grants")
    if is_centre_staff(by):
        return rows
    if by.person_id is None:
        return rows.none()
    own = Q(person_id=by.person_id)
    if by.has(Role.OWNER):
        own |= Q(organization_id=by.organization_id)
    return rows.filter(own)


def proposals_due() -> QuerySet[ChangeProposal]:
    """Return what takes effect now, and what nobody decided in time."""
    now = clock.now()
    return ChangeProposal.objects.filter(
        Q(state=ProposalState.APPROVED, takes_effect_at__lte=now)
        | Q(state=ProposalState.OPEN, lapses_at__lte=now)
    )
