"""The steps that several acts on disputes share, each in its caller's transaction."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.dispute.events import DisputeEnded
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.events import OrderCompleted
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import ORDER, OrderState
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.settlement.steps import wind_up

LONGEST_TEXT = 2000


def both(dispute_id: UUID, *, by: Actor) -> tuple[Order, Dispute]:
    """Return a dispute and its order, both locked, the order first."""
    seen = visible(disputes_visible_to(by), pk=dispute_id)
    order = locked(orders_visible_to(by), pk=seen.order_id)
    return order, locked(disputes_visible_to(by), pk=dispute_id)


def said(text: str, *, field: str) -> str:
    """Return what somebody wrote without its margins, or refuse nothing and too much."""
    if not 1 <= len(text.strip()) <= LONGEST_TEXT:
        sentence = _("Write 1 to %(most)d characters.") % {"most": LONGEST_TEXT}
        raise Invalid(sentence, fields={field: [sentence]})
    return text.strip()


def checked_refund(order: Order, refund: Decimal) -> Decimal:
    """Return an amount that goes back to the buyer, or refuse one that is not held."""
    held = held_of(order)
    if not 0 <= refund <= held or refund != round(refund, 2):
        sentence = _("The refund lies between 0 and what is held, %(held)s %(currency)s.") % {
            "held": held,
            "currency": order.currency,
        }
        raise Invalid(sentence, code="refund-too-high", fields={"refund": [sentence]})
    return refund


def concerns(dispute: Dispute) -> tuple[str, ...]:
    """Return what else a fact about it concerns, as subjects of the ledger."""
    return (f"order:{dispute.order_id}", *dispute.order.concerns)


def text_digest(text: str) -> str:
    """Return the SHA-256 of what somebody wrote."""
    return hashlib.sha256(text.encode()).hexdigest()


def execute(order: Order, dispute: Dispute, *, by: Actor) -> None:
    """Divide the money of a dispute that ended, and move its order on."""
    refund, held = dispute.refund or Decimal(0), held_of(order)
    was_completed = order.completed_at is not None
    split = wind_up(
        order, refund=refund, cause=f"dispute:{dispute.pk}", why=CreditReason.DISPUTE, by=by
    )
    is_whole = refund == held and refund > 0
    ORDER.move(order, OrderState.REFUNDED if is_whole else OrderState.COMPLETED)
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
        by=by,
    )
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
