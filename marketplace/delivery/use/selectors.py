"""Read keys and uses: today, by day, and by calendar month, to be billed or running still."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.accounts.actors import actor_of, refuse_program
from marketplace.core import Actor, Door, NotFound, clock, visible
from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.use.models import GrantKey, Use, UseDay
from marketplace.delivery.use.repeats import COUNTED_FOR
from marketplace.trading.listings.plans import PlanKind, Unit
from marketplace.trading.orders.amendment.selectors import price_of_use

RATE_SECONDS = 60
COUNTED = Q(uncounted="")
TOTALS = {
    "calls": Count("pk", filter=COUNTED),
    "total_rows": Sum("rows"),
    "total_size": Sum("size"),
    "free": Count("pk", filter=~COUNTED),
}


@dataclass(frozen=True)
class Usage:
    """How often a grant was downloaded, and how many bytes left."""

    requests: int
    sent: int


@dataclass(frozen=True)
class Metered:
    """What programs took: calls and rows that count, bytes of answers, and the other calls."""

    calls: int = 0
    rows: int = 0
    size: int = 0
    uncounted: int = 0


@dataclass(frozen=True)
class DayToSum:
    """The uses of a grant on a day that is over."""

    grant_id: UUID
    day: date
    calls: int
    rows: int
    size: int
    uncounted: int


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
        NotAllowed: the key was made without the second factor that its maker needs, or their
            organization is suspended (`organization-suspended`).
    """
    key = (
        GrantKey.objects.select_related("person__organization")
        .filter(pk=key_id, revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )
    if key is None:
        return None
    by = actor_of(key.person, door=door, passed_second_factor=key.with_second_factor)
    refuse_program(by)
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


def counted_before(grant: Grant, question: str) -> QuerySet[Use]:
    """Return the answers to a question that were counted and are given again for nothing."""
    since = clock.now() - COUNTED_FOR
    return Use.objects.filter(COUNTED, grant=grant, question=question, created_at__gt=since)


def room_of(grant: Grant, question: str) -> int | None:
    """Return for how many rows an answer that was counted had room; None where there is none.

    The same answer is given again with the same room, whatever the quota has left.
    """
    return counted_before(grant, question).values_list("most", flat=True).first()


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
    days: Any = (
        Use.objects.filter(~Exists(summed), day__lt=before)
        .order_by("day", "grant_id")
        .values("day", "grant_id")
        .annotate(**TOTALS)
    )
    return [
        DayToSum(
            day["grant_id"],
            day["day"],
            day["calls"],
            day["total_rows"],
            day["total_size"],
            day["free"],
        )
        for day in days
    ]


def _sums(uses: QuerySet[Use]) -> dict[str, Any]:
    found = uses.aggregate(**TOTALS)
    return {
        "calls": found["calls"],
        "rows": found["total_rows"] or 0,
        "size": found["total_size"] or 0,
        "uncounted": found["free"],
    }


@dataclass(frozen=True)
class MonthToBill:
    """What the programs of an order took in a calendar month, and what its plan counts."""

    order_id: UUID
    period: str
    unit: str
    calls: int
    rows: int

    @property
    def units(self) -> int:
        """Return how much of what the plan counts was taken."""
        return self.rows if self.unit == Unit.ROW else self.calls


@dataclass(frozen=True)
class RunningMonth:
    """What the use of the month that runs costs so far, which nothing was invoiced of yet."""

    period: str
    unit: str
    units: int
    amount: Decimal
    currency: str
    uncounted: int


def running_month_of(grant: Grant) -> RunningMonth | None:
    """Price what an order's programs took this month as the bill will; None without such a plan."""
    today, order = clock.today(), grant.order
    period = f"{today:%Y-%m}"
    months = _months(Use.objects.filter(day__gte=today.replace(day=1), grant__order=order))
    units = next((month.units for month in months if month.period == period), 0)
    amount = price_of_use(order, period=period, units=units)
    if amount is None:
        return None
    free = metered(grant, since=today.replace(day=1)).uncounted
    return RunningMonth(period, order.plan["unit"], units, amount, order.currency, free)


def running_month_visible_to(by: Actor, grant_id: UUID) -> RunningMonth:
    """Return what this month's use of a grant that the actor may see costs so far.

    Raises:
        NotFound: the actor sees no such grant, or its use is not paid by row or call.
    """
    running = running_month_of(visible(grants_visible_to(by), pk=grant_id))
    if running is None:
        raise NotFound(_("The use of this grant is not paid by row or call."))
    return running


def months_to_bill(*, before: date) -> list[MonthToBill]:
    """Add up the months of use before a day, of the orders whose plan counts use."""
    return _months(Use.objects.filter(day__lt=before))


def _months(uses: QuerySet[Use]) -> list[MonthToBill]:
    sums: dict[tuple[UUID, str], list[int]] = {}
    units: dict[UUID, str] = {}
    used = uses.filter(COUNTED, grant__order__plan__kind=PlanKind.METERED)
    days = used.order_by("day").values_list("grant__order_id", "grant__order__plan__unit", "day")
    for order_id, unit, day, calls, rows in days.annotate(calls=Count("pk"), taken=Sum("rows")):
        counted = sums.setdefault((order_id, f"{day:%Y-%m}"), [0, 0])
        counted[0], counted[1] = counted[0] + calls, counted[1] + rows
        units[order_id] = unit
    return [
        MonthToBill(order_id, period, units[order_id], calls, rows)
        for (order_id, period), (calls, rows) in sorted(sums.items(), key=lambda one: one[0][1])
    ]
