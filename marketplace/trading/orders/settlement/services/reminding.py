"""Remind of what is overdue: once at each stage, never daily."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.events import ChargeOverdue
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import charges_to_remind
from marketplace.trading.orders.settlement.states import ChargeState

STAGES = (1, 8, 31)
"""Days after the last day on which an unpaid charge is called to mind: to the buyer; then to the
seller too; at last to the centre's finance officers too."""


def remind_of_overdue_charges(*, by: Actor) -> list[UUID]:
    """Note what is overdue, once at each stage that is reached; return the charges.

    Several stages that were missed together are one reminder, of the last. The pipeline tells
    people. While a dispute stands still, so do the reminders.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    reminded = []
    for charge_id, order_id in list(charges_to_remind(clock.today(), STAGES)):
        with transaction.atomic():
            # The order's lock also keeps a payment of its charges apart.
            order = locked(orders_visible_to(by), pk=order_id)
            charge = Charge.objects.get(pk=charge_id)
            stage = sum(days <= (clock.today() - charge.due_on).days for days in STAGES)
            if charge.state != ChargeState.OPEN or stage <= charge.reminded:
                continue
            if order.state != OrderState.DISPUTED:
                _remind(order, charge, stage, by=by)
                reminded.append(charge_id)
    return reminded


def _remind(order: Order, charge: Charge, stage: int, *, by: Actor) -> None:
    charge.reminded = stage
    charge.save(update_fields=["reminded"])
    record(
        ChargeOverdue(
            subject=f"order:{order.pk}",
            about=order.concerns,
            stage=stage,
            amount=str(charge.amount),
            currency=charge.currency,
            due_on=charge.due_on.isoformat(),
            reference=charge.reference,
        ),
        by=by,
    )
