"""Read grants, their keys and their use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.selectors import actor_of, refuse_without_second_factor
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.delivery.bought import asked_for, quota_of
from marketplace.delivery.models import (
    Answer,
    Download,
    Grant,
    GrantKey,
    QuestionBudget,
    Use,
    UseDay,
)
from marketplace.preparation.models import Copy
from marketplace.preparation.selectors import copy_for
from marketplace.preparation.states import RunState
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to

RATE_SECONDS = 60


@dataclass(frozen=True)
class Usage:
    """How often a grant was downloaded, and how many bytes left."""

    requests: int
    sent: int


@dataclass(frozen=True)
class Metered:
    """What programs took: answered calls, rows, and bytes of answers."""

    calls: int = 0
    rows: int = 0
    size: int = 0


@dataclass(frozen=True)
class DayToSum:
    """The uses of a grant on a day that is over."""

    grant_id: UUID
    day: date
    calls: int
    rows: int
    size: int


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


def usage_of(grant: Grant) -> Usage:
    """Count what was asked for and what left."""
    found = Download.objects.filter(grant=grant).aggregate(requests=Count("pk"), sent=Sum("sent"))
    return Usage(found["requests"], found["sent"] or 0)


def keys_visible_to(by: Actor) -> QuerySet[GrantKey]:
    """Return the keys to the grants that the actor may see."""
    return GrantKey.objects.select_related("grant__order__listing").filter(
        grant__in=grants_visible_to(by)
    )


def key_of(grant: Grant) -> GrantKey | None:
    """Return the key that was not revoked; it may have expired."""
    return GrantKey.objects.select_related("person").filter(grant=grant, revoked_at=None).first()


def key_in_force(digest: str) -> GrantKey | None:
    """Find a key by its digest, where it is neither revoked nor expired and its maker is active."""
    return (
        GrantKey.objects.select_related("person__organization", "grant")
        .filter(digest=digest, revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )


def actor_of_key(key_id: UUID, *, door: Door) -> Actor | None:
    """Return whoever made a key, with what they may do at this moment; None if it is not in force.

    The caller knows from a signature that the key was there.

    Raises:
        NotAllowed: the maker's role needs a second factor, and the key was made without it.
    """
    key = (
        GrantKey.objects.select_related("person__organization")
        .filter(pk=key_id, revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )
    if key is None:
        return None
    by = actor_of(key.person, door=door, passed_second_factor=key.with_second_factor)
    refuse_without_second_factor(by)
    return by


def uses_of(grant: Grant) -> QuerySet[Use]:
    """Return what programs took, newest first."""
    return Use.objects.filter(grant=grant)


def metered(grant: Grant, *, since: date | None = None, until: date | None = None) -> Metered:
    """Add up what programs took, of all days or of those from `since` to `until`, both included."""
    uses = uses_of(grant).order_by()
    if since is not None:
        uses = uses.filter(day__gte=since)
    if until is not None:
        uses = uses.filter(day__lte=until)
    return Metered(**_sums(uses))


def rows_left(grant: Grant) -> int | None:
    """Return how many rows of the quota are left; None where there is no quota."""
    quota = quota_of(grant)
    return None if quota is None else quota.rows - metered(grant, since=quota.since).rows


def seconds_to_wait(grant_id: UUID) -> float | None:
    """Return how long the grant's programs must wait, where they asked too often; None if not."""
    now, most = clock.now(), int(settings.CENTRE["GRANT_REQUESTS_PER_MINUTE"])
    recent = Use.objects.filter(
        grant_id=grant_id, created_at__gt=now - timedelta(seconds=RATE_SECONDS)
    ).order_by("-created_at")
    oldest: datetime | None = recent.values_list("created_at", flat=True)[most - 1 : most].first()
    return None if oldest is None else RATE_SECONDS - (now - oldest).total_seconds()


def days_to_sum(*, before: date) -> list[DayToSum]:
    """Return the days of use that are over and not added up."""
    summed = UseDay.objects.filter(grant=OuterRef("grant"), day=OuterRef("day"))
    days = (
        Use.objects.filter(~Exists(summed), day__lt=before)
        .order_by("day", "grant_id")
        .values("day", "grant_id")
        .annotate(calls=Count("pk"), total_rows=Sum("rows"), total_size=Sum("size"))
    )
    return [
        DayToSum(day["grant_id"], day["day"], day["calls"], day["total_rows"], day["total_size"])
        for day in days
    ]


def _sums(uses: QuerySet[Use]) -> dict[str, Any]:
    found = uses.aggregate(calls=Count("pk"), total_rows=Sum("rows"), total_size=Sum("size"))
    return {
        "calls": found["calls"],
        "rows": found["total_rows"] or 0,
        "size": found["total_size"] or 0,
    }


def answers_visible_to(by: Actor) -> QuerySet[Answer]:
    """Return what the actor's organization was answered: its questions are nobody else's."""
    rows = Answer.objects.select_related("grant__listing", "release")
    if by.organization_id is None:
        return rows.none()
    return rows.filter(grant__organization_id=by.organization_id)


def answers_of(grant: Grant) -> QuerySet[Answer]:
    """Return the private answers of a grant. The caller has checked that the actor may see them."""
    return Answer.objects.select_related("release").filter(grant=grant)


def budget_of(grant: Grant) -> QuestionBudget | None:
    """Return what a grant has spent of its budget; None before its first question."""
    return QuestionBudget.objects.filter(grant=grant).first()


def sandbox_of_grant(grant: Grant) -> Sandbox:
    """Return what was declared of the sandbox that a grant opens.

    Raises:
        NotFound: it opens none.
    """
    found = None
    if grant.mode == DeliveryChoice.SANDBOX:
        found = Sandbox.objects.filter(listing_id=grant.listing_id).first()
    if found is None:
        raise NotFound(_("This grant opens no sandbox."))
    return found
