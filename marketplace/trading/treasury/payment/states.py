"""The life of a payment."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import StateMachine


class PaymentState(TextChoices):
    """Where a payment that came in stands."""

    UNALLOCATED = "unallocated", _("Not allocated")
    ALLOCATED = "allocated", _("Allocated to an order")
    RETURNED = "returned", _("Returned to the sender")


PAYMENT: StateMachine[PaymentState] = StateMachine(
    "payment",
    PaymentState,
    {PaymentState.UNALLOCATED: {PaymentState.ALLOCATED, PaymentState.RETURNED}},
)
