"""What programs took by calendar month: to be billed, or running still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.delivery.models import Grant, Use
from marketplace.delivery.selectors import grants_visible_to
from marketplace.trading.listings.plans import PlanKind, Unit
from marketplace.trading.orders.amendment.selectors import price_of_use


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


def running_month_of(grant: Grant) -> RunningMonth | None:
    """Price what an order's programs took this month as the bill will; None without such a plan."""
    today, order = clock.today(), grant.order
    period = f"{today:%Y-%m}"
    months = _months(Use.objects.filter(day__gte=today.replace(day=1), grant__order=order))
    units = next((month.units for month in months if month.period == period), 0)
    amount = price_of_use(order, period=period, units=units)
    if amount is None:
        return None
    return RunningMonth(period, order.plan["unit"], units, amount, order.currency)


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
    used = uses.filter(grant__order__plan__kind=PlanKind.METERED)
    days = used.order_by("day").values_list("grant__order_id", "grant__order__plan__unit", "day")
    for order_id, unit, day, calls, rows in days.annotate(calls=Count("pk"), taken=Sum("rows")):
        counted = sums.setdefault((order_id, f"{day:%Y-%m}"), [0, 0])
        counted[0], counted[1] = counted[0] + calls, counted[1] + rows
        units[order_id] = unit
    return [
        MonthToBill(order_id, period, units[order_id], calls, rows)
        for (order_id, period), (calls, rows) in sorted(sums.items(), key=lambda one: one[0][1])
    ]
