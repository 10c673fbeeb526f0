"""A buyer comes to owe a statement of deletion; a part of the acts by which use ends."""

from datetime import date, timedelta

from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.events import DeletionAsked, DeletionLifted
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.selectors import deletion_of
from marketplace.trading.orders.order.models import Order


def ask_deletion(order: Order, *, cause: DeletionCause, by: Actor) -> date | None:
    """Ask the buyer of a locked order to delete all copies; return the last day to state it.

    None where no rows left to the buyer. The term is the contract's, counted from today. Who was
    asked before has the earlier of both days, and who stated it owes nothing more.
    """
    if order.delivered_at is None or not order.listing.delivery.rows_leave:
        return None
    due_on = clock.today() + timedelta(days=order.agreed_terms.deletion_days)
    known = deletion_of(order)
    if known is not None:
        return known.due_on
    Deletion.objects.create(order=order, cause=cause, due_on=due_on)
    record(
        DeletionAsked(
            subject=f"order:{order.pk}",
            about=order.concerns,
            cause=cause.value,
            due_on=due_on.isoformat(),
        ),
        by=by,
    )
    return due_on


def lift_deletion(order: Order, *, by: Actor) -> None:
    """Ask a buyer no more to delete, where the licence of a locked order goes on again.

    What was stated stays on record.
    """
    known = deletion_of(order)
    if known is None or known.stated_at is not None or known.cause != DeletionCause.EXPIRED:
        return
    known.delete()
    record(DeletionLifted(subject=f"order:{order.pk}", about=order.concerns), by=by)
