"""Remind buyers of the deletion that they have not stated: once at each stage, never daily."""

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
from marketplace.trading.orders.recall.events import DeletionOverdue
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.selectors import deletions_to_remind
from marketplace.trading.orders.settlement.services.reminding import STAGES


def remind_of_overdue_deletions(*, by: Actor) -> list[UUID]:
    """Note which deletions are overdue, once at each stage of `STAGES`; return the orders.

    Several stages that were missed together are one reminder, of the last. The pipeline tells
    people.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    reminded = []
    for recall_id, order_id in list(deletions_to_remind(clock.today(), STAGES)):
        with transaction.atomic():
            # The order's lock also keeps a statement of its deletion apart.
            order = locked(orders_visible_to(by), pk=order_id)
            recall = Recall.objects.get(pk=recall_id)
            if recall.stated_at is None and recall.deletion_due_on is not None:
                days_over = (clock.today() - recall.deletion_due_on).days
                stage = sum(days <= days_over for days in STAGES)
                if stage > recall.reminded:
                    _remind(order, recall, stage, by=by)
                    reminded.append(order_id)
    return reminded


def _remind(order: Order, recall: Recall, stage: int, *, by: Actor) -> None:
    assert recall.deletion_due_on is not None
    recall.reminded = stage
    recall.save(update_fields=["reminded"])
    record(
        DeletionOverdue(
            subject=f"order:{order.pk}",
            about=order.concerns,
            stage=stage,
            due_on=recall.deletion_due_on.isoformat(),
        ),
        by=by,
    )
