from uuid import UUID

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.models import Allocation
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import NOT_BOOKED, PaymentState


def payments_visible_to(by: Actor) -> QuerySet[Payment]:
    """Return every payment that came in, to the centre alone."""
    rows = Payment.objects.select_related("charge__order__listing")
    return rows if sees_all_money(by) else rows.none()


def unallocated_payments(by: Actor) -> QuerySet[Payment]:
    """Return the payments that fit no amount owed, for the centre."""
    return payments_visible_to(by).filter(state=PaymentState.UNALLOCATED)


def recorded_payments(by: Actor) -> QuerySet[Payment]:
    """Return the payments that wait for a second finance officer, for the centre."""
    return payments_visible_to(by).filter(state=PaymentState.RECORDED)


def waiting_payments(by: Actor) -> QuerySet[Payment]:
    """Return the payments that wait for anybody: to be confirmed, or to be allocated."""
    return recorded_payments(by) | unallocated_payments(by)


def booked_payments() -> QuerySet[Payment]:
    return Payment.objects.exclude(state__in=NOT_BOOKED)


def allocated_to(payment: Payment) -> set[UUID]:
    """Return the amounts that a payment pays."""
    rows = Allocation.objects.filter(payment_id=payment.pk)
    return set(rows.values_list("charge_id", flat=True))


def allocations_of(payment: Payment) -> QuerySet[Allocation]:
    """Return what a payment pays of which amount."""
    rows = Allocation.objects.filter(payment_id=payment.pk).order_by("created_at")
    return rows.select_related("charge__order__listing")


def told_before(reference: str) -> Payment | None:
    """Return the payment that is known by a bank reference, but for one that never arrived."""
    rows = Payment.objects.filter(reference=reference).exclude(state=PaymentState.REJECTED)
    return rows.select_related("charge").first()
