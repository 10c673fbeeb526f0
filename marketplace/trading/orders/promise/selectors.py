"""Read what was promised, what came, and what was missed."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localtime

from marketplace.catalog.feed.models import Arrival
from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OPEN_TO_BUYER, OrderState
from marketplace.trading.orders.promise.calendar import Period, missed_of, periods_from
from marketplace.trading.orders.promise.models import MissedRevision, SetOff
from marketplace.trading.orders.promise.states import UNSETTLED, MissedState
from marketplace.trading.orders.settlement.models import Charge, ChargeKind
from marketplace.trading.orders.settlement.states import ChargeState

NOTHING = Decimal(0)
CREDITED = (*OPEN_TO_BUYER, OrderState.TERMINATED)
"""The states of an order of which something is credited; a dispute decides it first."""


def orders_promised() -> QuerySet[Order]:
    """Return the orders that are promised later revisions, with a credit for what is missed."""
    return Order.objects.filter(state__in=OPEN_TO_BUYER, terms__credit_percent__gt=0).exclude(
        terms__revision_every=""
    )


def missed_revisions_of(order: Order) -> QuerySet[MissedRevision]:
    """Return what an order was promised in vain, by day."""
    rows = MissedRevision.objects.filter(order=order).select_related("charge")
    return rows.prefetch_related("set_offs__charge").order_by("due_on")


def unsettled_credits() -> QuerySet[MissedRevision]:
    """Return the credits that are not given yet, or on a bill that may still fall."""
    return MissedRevision.objects.filter(state__in=UNSETTLED)


def credits_to_give() -> QuerySet[MissedRevision]:
    """Return the credits of which something can be given, or has become final, by now."""
    moved = Q(state=MissedState.SET_OFF) & ~Q(set_offs__charge__state=ChargeState.OPEN)
    return MissedRevision.objects.filter(Q(state=MissedState.OWED) | moved)


def standing_set_offs() -> QuerySet[SetOff]:
    """Return what credits took off bills that did not fall since."""
    return SetOff.objects.exclude(charge__state=ChargeState.VOID)


def placed_of(missed: MissedRevision) -> Decimal:
    """Add up what of a credit is taken off bills."""
    return _sum_of(standing_set_offs().filter(missed=missed))


def set_off_against(charge: Charge) -> Decimal:
    """Add up what of the credits of a period was taken off other bills."""
    return _sum_of(standing_set_offs().filter(missed__charge=charge))


def bills_to_come(order: Order) -> list[Charge]:
    """Return the bills of an order's periods that are still to be paid, the next one first.

    Where notice is given, none comes for the time after the contract.
    """
    bills = Charge.objects.filter(order=order, state=ChargeState.OPEN)
    if order.ends_on is not None:
        bills = bills.filter(due_on__lt=order.ends_on)
    return list(bills.exclude(kind=ChargeKind.USAGE).order_by("due_on", "number"))


def missed_periods(order: Order) -> list[Period]:
    """Return the periods of an order that are over and brought nothing, recorded or not."""
    terms, first = order.agreed_terms, begins_on(order)
    if first is None or not terms.revision_every:
        return []
    grace, last = terms.revision_grace, _last_day(order, first)
    periods = list(periods_from(first, terms.revision_every, grace_hours=grace, until=last))
    return missed_of(periods, list(brought_to(order)), now=clock.now())


def unnoted_periods(order: Order) -> list[Period]:
    """Return the missed periods of an order that nobody noted yet."""
    missed = missed_periods(order)
    known = set(missed_revisions_of(order).values_list("due_on", flat=True)) if missed else set()
    return [period for period in missed if period.due_on not in known]


def begins_on(order: Order) -> date | None:
    """Return the day from which revisions are promised: that of the first payment."""
    paid = Charge.objects.filter(order=order, paid_at__isnull=False).order_by("paid_at").first()
    return localtime(paid.paid_at).date() if paid is not None and paid.paid_at else None


def brought_to(order: Order) -> Iterable[datetime]:
    """Yield when later revisions came to be on offer, or came and were what was on offer."""
    product = order.listing.product
    live = Revision.objects.filter(product=product, live_at__isnull=False)
    yield from filter(None, live.values_list("live_at", flat=True))
    sources = live.values("version__parent")
    same = Arrival.objects.filter(
        Q(same_as__in=sources), feed__dataset=product.dataset_id, arrived_at__isnull=False
    )
    yield from filter(None, same.values_list("arrived_at", flat=True))


def period_charge(order: Order, on: date) -> Charge | None:
    """Return the charge of the period of a subscription in which a day lies."""
    plan, first = order.agreed_plan, begins_on(order)
    if not isinstance(plan, Subscription) or first is None:
        return None
    charges = list(
        Charge.objects.filter(order=order).exclude(kind=ChargeKind.USAGE).order_by("number")
    )
    begun = [
        charge
        for place, charge in enumerate(charges)
        if months_after(first, place * plan.period_months) < on
    ]
    return begun[-1] if begun else None


def owes_credits(organization_id: UUID) -> bool:
    """Return whether a seller owes credits for periods that were paid, and that no bill takes."""
    rows = unsettled_credits().filter(charge__state__in=(ChargeState.PAID, ChargeState.SETTLED))
    rows = rows.filter(order__listing__organization_id=organization_id)
    return any(placed_of(missed) < missed.amount for missed in rows)


def credited_of(charge: Charge) -> Decimal:
    """Add up what was or will be credited of the price of a period."""
    rows = MissedRevision.objects.filter(charge=charge)
    return rows.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def _sum_of(rows: QuerySet[SetOff]) -> Decimal:
    return rows.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def _last_day(order: Order, first: date) -> date:
    plan = order.agreed_plan
    end = months_after(first, plan.months) if isinstance(plan, Subscription) else first
    return min(end, order.ends_on or end, clock.today())
