from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import Actor


def waiting_administrators() -> list[UUID]:
    """Return the invitations of administrators who were named first and have not joined."""
    waiting = Invitation.objects.filter(
        organization__kind=OrganizationKind.CENTRE,
        organization__state=OrganizationState.PENDING,
        accepted_at=None,
        withdrawn_at=None,
    )
    return list(waiting.values_list("pk", flat=True))


def invitations_visible_to(by: Actor) -> QuerySet[Invitation]:
    """Return all to the centre's staff, else those to the actor's own organization."""
    rows = Invitation.objects.select_related("organization")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def invitations_to(organization_id: UUID, *, by: Actor) -> QuerySet[Invitation]:
    """Return those to an organization that nobody accepted or withdrew, the expired ones too."""
    return invitations_visible_to(by).filter(
        organization_id=organization_id, accepted_at=None, withdrawn_at=None
    )
