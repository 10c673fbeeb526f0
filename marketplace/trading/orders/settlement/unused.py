"""What of a price pays for days of a licence that are not used yet.

The buyer has had the use of the days before, by calendar days. Of a subscription each paid period
counts for itself; any other price is one for the whole licence, however it was paid. What was
billed for use was used.
"""

from datetime import date
from decimal import Decimal

from django.utils.timezone import localtime

from marketplace.core import to_cents
from marketplace.core.months import months_after
from marketplace.trading.listings.plans import PlanKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge, ChargeKind
from marketplace.trading.orders.settlement.selectors import NOTHING, charges_of, refunded_of
from marketplace.trading.orders.settlement.states import ChargeState

PAID = (ChargeState.PAID, ChargeState.SETTLED)


def unused_part(order: Order, *, on: date) -> Decimal:
    """Return what a buyer paid for the days of an accepted order after a day, in its currency."""
    assert order.delivered_at is not None, "what was accepted was delivered"
    begins = localtime(order.delivered_at).date()
    charges = list(charges_of(order).exclude(kind=ChargeKind.USAGE).order_by("due_on", "number"))
    paid = sum((charge.paid for charge in charges if charge.state in PAID), NOTHING)
    if order.plan.get("kind") == PlanKind.SUBSCRIPTION:
        unused = _of_periods(charges, begins, int(order.plan["period_months"]), on)
    else:
        ends = months_after(begins, order.agreed_terms.licence_months)
        price = sum((charge.amount for charge in charges), NOTHING)
        # What is not paid yet pays for the last days.
        unused = paid - price * (1 - _left(begins, ends, on))
    return to_cents(max(NOTHING, min(unused, paid - refunded_of(order))))


def _of_periods(charges: list[Charge], begins: date, months: int, on: date) -> Decimal:
    starts = [begins, *(charge.due_on for charge in charges[1:])]
    ends = [*starts[1:], months_after(starts[-1], months)]
    return sum(
        (
            charge.paid * _left(start, end, on)
            for charge, start, end in zip(charges, starts, ends, strict=False)
            if charge.state in PAID
        ),
        NOTHING,
    )


def _left(begins: date, ends: date, on: date) -> Decimal:
    """Return which share of the days from one day to another comes after a day, 0 to 1."""
    days = (ends - begins).days
    if days <= 0:
        return NOTHING
    return Decimal(max(0, min(days, (ends - on).days))) / days
