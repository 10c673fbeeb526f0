"""Read grants, what was downloaded, and the copies that are written for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.delivery.grant.bought import asked_for
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.states import GrantState
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import copy_for
from marketplace.preparation.run.states import RunState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def grants_visible_to(by: Actor) -> QuerySet[Grant]:
    """Return every grant to the centre's staff, else those that the actor bought or sold."""
    rows = Grant.objects.select_related(
        "order__listing__organization", "organization", "version__file", "copy__file", "certificate"
    )
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(organization_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def grants_to_open(by: Actor) -> QuerySet[Grant]:
    """Return the grants that the actor may see, with what is asked when one is opened."""
    rows = grants_visible_to(by).select_related(None)
    return rows.select_related("order__listing", "version__file")


def grants_ending(by: Actor) -> QuerySet[Grant]:
    """Return the grants that the actor may see whose licence runs out within the centre's days."""
    last = clock.now() + timedelta(days=int(settings.CENTRE["LICENCE_REMINDER_DAYS"]))
    rows = grants_visible_to(by).filter(state=GrantState.ACTIVE, expires_at__lte=last)
    return rows.select_related("order__listing")


def grant_of_order(order_id: UUID) -> Grant | None:
    """Return the grant of an order. The caller has checked that the actor may see the order."""
    return Grant.objects.filter(order_id=order_id).first()


def grant_visible_to(by: Actor, order_id: UUID) -> Grant:
    """Return the grant of an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or its access is not open yet.
    """
    order = visible(orders_visible_to(by), pk=order_id)
    grant = grants_visible_to(by).filter(order=order).first()
    if grant is None:
        raise NotFound(_("Access is not open. It opens a few seconds after the payment is held."))
    return grant


def grants_with_digest(sha256: str) -> QuerySet[Grant]:
    """Return every grant of bytes with a digest, for whoever traces a leak."""
    return Grant.objects.select_related("organization").filter(sha256=sha256)


def copy_of_order(order_id: UUID) -> Copy | None:
    """Return the copy of an order. The caller has checked that the actor may see the order."""
    return copy_for(asked_for(order_id))


def orders_with_broken_copies(by: Actor) -> QuerySet[Order]:
    """Return the orders that the actor may see whose copy was not written, oldest first."""
    broken = Copy.objects.filter(passed=None, run__state__in=(RunState.FAILED, RunState.CANCELLED))
    names = broken.filter(asked_for__startswith="order:").values_list("asked_for", flat=True)
    ids = [UUID(name.partition(":")[2]) for name in names]
    return orders_visible_to(by).filter(pk__in=ids).order_by("created_at")


def copy_visible_to(by: Actor, order_id: UUID) -> Copy:
    """Return the copy of an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or nothing is written for it.
    """
    copy = copy_of_order(visible(orders_visible_to(by), pk=order_id).pk)
    if copy is None:
        raise NotFound(_("Nothing is written for this order: the data is delivered as it is."))
    return copy


def downloads_of(grant: Grant) -> QuerySet[Download]:
    """Return the requests for a grant's bytes, newest first."""
    return Download.objects.filter(grant=grant)
