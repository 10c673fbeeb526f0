"""What the end of a dispute does to the order and its money, in the caller's transaction."""

from decimal import Decimal

from marketplace.core import Actor, clock
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.dispute.events import DisputeEnded
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.timelines import concerns
from marketplace.trading.orders.order.events import OrderCompleted
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.statements import text_digest
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.held_money import most_refund, wind_up


def execute(order: Order, dispute: Dispute, *, by: Actor) -> None:
    """Divide the money of a dispute that ended, and move its order on."""
    refund, most = dispute.refund or Decimal(0), most_refund(order)
    was_completed = order.completed_at is not None
    split = wind_up(
        order, refund=refund, cause=f"dispute:{dispute.pk}", why=CreditReason.DISPUTE, by=by
    )
    is_whole = refund == most and refund > 0
    move_order(order, OrderState.REFUNDED if is_whole else OrderState.COMPLETED)
    if not is_whole and not was_completed:
        order.completed_at = clock.now()
    order.save(update_fields=["state", "completed_at"])
    dispute.ended_at = clock.now()
    dispute.save(update_fields=["state", "refund", "reason", "decided_by_id", "ended_at"])
    record(
        DisputeEnded(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            outcome=dispute.state,
            refunded=str(refund),
            released=str(split.seller),
            currency=order.currency,
            reason_sha256=text_digest(dispute.reason),
        ),
        binds=bound(dispute, order),
        by=by,
    )
    if is_whole:
        ask_deletion(order, cause=DeletionCause.TERMINATED, by=by)
    if not is_whole and not was_completed:
        record(
            OrderCompleted(
                subject=f"order:{order.pk}",
                about=order.concerns,
                is_silent=False,
                released=str(split.seller),
                fee=str(split.fee),
                currency=order.currency,
            ),
            by=by,
        )
