from django.db.models import Q, QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.states import RemedyState


def remedies_visible_to(by: Actor) -> QuerySet[Remedy]:
    """Return the remedies of the orders that the actor may see."""
    rows = Remedy.objects.filter(order__in=orders_visible_to(by))
    return rows.select_related("order__listing__organization", "order__buyer")


def remedies_of(order: Order) -> QuerySet[Remedy]:
    """Return what the seller offered the buyer of an order, newest first."""
    return Remedy.objects.filter(order=order).order_by("-created_at")


def waiting_remedy(order: Order) -> Remedy | None:
    """Return the remedy of an order that waits for the buyer."""
    if order.state != OrderState.OBJECTED:
        return None
    return remedies_of(order).filter(state=RemedyState.OFFERED).first()


def objections_to_answer(by: Actor) -> QuerySet[Order]:
    """Return the orders from the actor's organization whose objection it has not answered."""
    rows = orders_visible_to(by).filter(
        Q(listing__organization_id=by.organization_id), state=OrderState.OBJECTED
    )
    return rows.exclude(remedies__state=RemedyState.OFFERED).order_by("created_at")


def remedies_to_answer(by: Actor) -> QuerySet[Remedy]:
    """Return the remedies that wait for the actor's organization, which objected."""
    rows = remedies_visible_to(by).filter(
        Q(order__buyer_id=by.organization_id),
        state=RemedyState.OFFERED,
        order__state=OrderState.OBJECTED,
    )
    return rows.order_by("created_at")
