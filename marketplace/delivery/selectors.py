"""Read grants and their use."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.core.actor import Actor
from marketplace.delivery.models import Download, Grant


@dataclass(frozen=True)
class Usage:
    """How often a grant was used, and how many bytes left."""

    requests: int
    sent: int


def grants_visible_to(by: Actor) -> QuerySet[Grant]:
    """Answer every grant to the centre's staff, else those that the actor bought or sold."""
    rows = Grant.objects.select_related(
        "order__listing__organization", "organization", "version__file"
    )
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(organization_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def grant_of_order(order_id: UUID) -> Grant | None:
    """Answer the grant of an order. The caller has checked that the actor may see the order."""
    return Grant.objects.filter(order_id=order_id).first()


def downloads_of(grant: Grant) -> QuerySet[Download]:
    """Answer the requests for a grant's bytes, newest first."""
    return Download.objects.filter(grant=grant)


def usage_of(grant: Grant) -> Usage:
    """Count what was asked for and what left."""
    found = Download.objects.filter(grant=grant).aggregate(requests=Count("pk"), sent=Sum("sent"))
    return Usage(found["requests"], found["sent"] or 0)
