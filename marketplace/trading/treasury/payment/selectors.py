"""Read payments."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.core.actor import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import PaymentState


def payments_visible_to(by: Actor) -> QuerySet[Payment]:
    """Return every payment that came in, to the centre alone."""
    rows = Payment.objects.select_related("charge__order__listing")
    return rows if sees_all_money(by) else rows.none()


def unallocated_payments(by: Actor) -> QuerySet[Payment]:
    """Return the payments that fit no amount owed, for the centre."""
    return payments_visible_to(by).filter(state=PaymentState.UNALLOCATED)
