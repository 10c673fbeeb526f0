"""Provisional last days become final, once the calendar of their year is known."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import (
    Actor,
    NotAllowed,
)
from marketplace.core.terms import can_settle, settle_terms
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.states import DisputeState
from marketplace.trading.orders.order.events import (
    TermSettled,
    TermsOver,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState

Bound = Order | Amendment | Dispute


def settle_trading_terms(*, by: Actor) -> list[UUID]:
    """Make provisional last days final that the calendar knows; return what they are of.

    Each order, amendment and dispute is a transaction of its own, under its order's lock.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    models: tuple[type[Bound], ...] = (Order, Amendment, Dispute)
    settled = []
    for model in models:
        for row in model._default_manager.exclude(provisional={}):
            if can_settle(row):
                with by_itself():
                    _settle(model, row.pk, by=by)
                    settled.append(row.pk)
    return settled


@transaction.atomic
def _settle(model: type[Bound], pk: UUID, *, by: Actor) -> None:
    order_id = _order_with(model._default_manager.get(pk=pk)).pk
    order = Order.objects.select_for_update().get(pk=order_id)
    row = model._default_manager.select_for_update().get(pk=pk)
    settled = settle_terms(row, running=_running(row))
    row.save()
    subject = f"{model._meta.model_name}:{row.pk}"
    about = order.concerns if model is Order else (f"order:{order.pk}", *order.concerns)
    facts: list[TermSettled | TermsOver] = [
        TermSettled(
            subject=subject,
            about=about,
            what=term.field,
            before=term.before.isoformat(),
            due_on=term.last_day.isoformat(),
        )
        for term in settled
    ]
    for fact in facts or [TermsOver(subject=subject, about=about)]:
        record(fact, binds=bound(row), by=by)


def _order_with(row: Bound) -> Order:
    if isinstance(row, Amendment):
        return row.contract.order
    return row if isinstance(row, Order) else row.order


def _running(row: Bound) -> frozenset[str]:
    """Return the fields whose terms run now."""
    running = {
        "answer_due_on": row.state in NEGOTIATING or row.state == AmendmentState.PROPOSED,
        "acceptance_due_on": row.state in (OrderState.DELIVERED, OrderState.OBJECTED),
        "appeal_until": row.state == DisputeState.DECIDED,
    }
    return frozenset(field for field, runs in running.items() if runs)
