"""The verdict on bought data was recalled: its orders are undone, one by one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.preparation.models import RiskReport
from marketplace.preparation.selectors import reports_visible_to
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState
from marketplace.trading.orders.recall.events import OrderRecallBegun, OrderRecalled
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.refunding import unused_part
from marketplace.trading.orders.recall.selectors import orders_resting_on, recall_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.held_money import take_back, wind_up
from marketplace.trading.orders.settlement.selectors import NOTHING, held_of

ROWS_LEFT = (DeliveryChoice.FILE, DeliveryChoice.API, DeliveryChoice.SHARING)
"""The modes of delivery by which a buyer has rows of the data."""
CAME_TO_NOTHING = (OrderState.DECLINED, OrderState.EXPIRED, OrderState.CANCELLED)
ENDED = (OrderState.REFUNDED, OrderState.TERMINATED)


@transaction.atomic
def begin_recall(report_id: UUID, *, by: Actor) -> list[UUID]:
    """Record for each order that rests on a recalled verdict that it is undone next; return them.

    Each is then undone in a transaction of its own, so that no two of them wait for each other's
    accounts.

    Raises:
        NotFound: there is no such report.
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    report = visible(reports_visible_to(by), pk=report_id)
    begun = []
    for order in orders_resting_on(report).exclude(state__in=CAME_TO_NOTHING):
        record(OrderRecallBegun(subject=f"order:{order.pk}", about=order.concerns), by=by)
        begun.append(order.pk)
    return begun


@transaction.atomic
def recall_order(order_id: UUID, *, by: Actor) -> Recall | None:
    """Undo an order whose data was recalled; None where there is nothing to undo.

    Before both sides signed it ends without a debt; until acceptance all that is held goes back;
    after it what the buyer has not used yet, as far as the seller's account holds it. Whoever has
    rows states by the contract's term that they are deleted. While a dispute decides on the money,
    that part waits for its end. Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    order = locked(orders_visible_to(by), pk=order_id)
    report = _recalled_report_of(order)
    recall = recall_of(order)
    if report is None or order.state in CAME_TO_NOTHING or (recall and recall.refund is not None):
        return recall
    if sells_right(order.listing) and order.state in (OrderState.PAID, OrderState.COMPLETED):
        # The register passes or has passed the right; what was measured left by another way.
        return None
    if recall is None:
        recall = Recall(order=order, risk_report=report)
        if order.delivered_at is not None and order.listing.delivery_mode in ROWS_LEFT:
            days = timedelta(days=order.agreed_terms.deletion_days)
            recall.deletion_due_on = clock.today() + days
    elif order.state == OrderState.DISPUTED:
        return recall
    if order.state != OrderState.DISPUTED:
        _undo(order, recall, by=by)
    recall.save()
    due = recall.deletion_due_on
    record(
        OrderRecalled(
            subject=f"order:{order.pk}",
            about=(f"risk_report:{report.pk}", *order.concerns),
            outcome=order.state,
            refunded=str(recall.refund or NOTHING),
            owed=str(recall.owed),
            currency=order.currency,
            has_rows=due is not None,
            deletion_due_on=due.isoformat() if due else "",
        ),
        by=by,
    )
    return recall


def _undo(order: Order, recall: Recall, *, by: Actor) -> None:
    """Move the order to its end, and the money with it."""
    recall.refund = NOTHING
    if order.state in ENDED:
        return
    was_completed = order.state == OrderState.COMPLETED
    if order.state in NEGOTIATING:
        move_order(order, OrderState.DECLINED)
    elif order.state == OrderState.ACCEPTED:
        move_order(order, OrderState.CANCELLED)
    else:
        _give_back(order, recall, was_completed=was_completed, by=by)
        is_held = order.state not in (OrderState.SIGNED, OrderState.COMPLETED)
        move_order(order, OrderState.REFUNDED if is_held else OrderState.TERMINATED)
        order.ends_on = order.ends_on or clock.today()
    order.save(update_fields=["state", "ends_on"])


def _give_back(order: Order, recall: Recall, *, was_completed: bool, by: Actor) -> None:
    cause, due = f"recall:{order.pk}", held_of(order)
    if was_completed:
        due = unused_part(order, on=clock.today())
        if due:
            take_back(order, cause=f"{cause}:freeze")
    recall.refund = min(due, held_of(order))
    recall.owed = due - recall.refund
    wind_up(order, refund=recall.refund, cause=cause, why=CreditReason.RECALLED, by=by)


def _recalled_report_of(order: Order) -> RiskReport | None:
    version_id = order.listing.revision.version_id
    return RiskReport.objects.filter(version_id=version_id).exclude(recall="").first()


def _refuse_others(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("The centre's own software undoes what rests on a recalled verdict."))
