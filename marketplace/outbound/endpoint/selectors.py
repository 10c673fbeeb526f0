from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.organization.states import OrganizationState
from marketplace.core import Actor
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.states import EndpointState


def endpoints_visible_to(by: Actor) -> QuerySet[Endpoint]:
    """Return every endpoint to the centre's software, else those of the actor's organization.

    Nobody at the centre needs to read at which addresses others listen.
    """
    rows = Endpoint.objects.select_related("organization")
    if by.is_system:
        return rows
    return (
        rows.filter(organization_id=by.organization_id)
        if by.is_signed_in and by.organization_id
        else rows.none()
    )


def endpoints_of(organization_id: UUID) -> QuerySet[Endpoint]:
    """Return the endpoints of an organization that are not closed."""
    return Endpoint.objects.filter(organization_id=organization_id).exclude(
        state=EndpointState.CLOSED
    )


def listening(organization_id: UUID, event: str) -> list[Endpoint]:
    """Return the endpoints of an organization that are told of a kind of event."""
    rows = Endpoint.objects.filter(
        organization_id=organization_id,
        organization__state=OrganizationState.VERIFIED,
        state=EndpointState.IN_USE,
    )
    return [endpoint for endpoint in rows.order_by("created_at") if event in endpoint.events]
