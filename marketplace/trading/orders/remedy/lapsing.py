"""How what a seller offered lapses with the objection, in its caller's transaction."""

from marketplace.core import clock
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.states import REMEDY, RemedyState


def lapse_remedies(order: Order) -> None:
    """End what still waits for the buyer of a locked order whose objection has ended."""
    for remedy in Remedy.objects.filter(order=order, state=RemedyState.OFFERED):
        REMEDY.move(remedy, RemedyState.LAPSED)
        remedy.ended_at = clock.now()
        remedy.save(update_fields=["state", "ended_at"])
