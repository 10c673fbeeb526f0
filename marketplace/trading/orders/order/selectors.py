from datetime import date

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_finance, is_centre_staff
from marketplace.core import Actor
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import may_read_every_dossier
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState

LONG = (
    *("contract__text", "contract__document", "contract__agreed", "contract__terms"),
    "listing__search_text",
)
"""What is long and nobody asks of an order: its contract has a page of its own."""


def orders_visible_to(by: Actor) -> QuerySet[Order]:
    """Return every order to the centre's staff and finance, else those of which one is a side."""
    rows = Order.objects.select_related("listing__organization", "buyer", "contract").defer(*LONG)
    if is_centre_staff(by) or is_centre_finance(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(buyer_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def orders_told_to(by: Actor) -> QuerySet[Order]:
    """Return the orders whose dossier the actor may read: their sides, who watches, who runs it."""
    rows = orders_visible_to(by)
    if may_read_every_dossier(by):
        return rows
    return rows.filter(
        Q(buyer_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def orders_unanswered(today: date) -> QuerySet[Order]:
    """Return the orders whose latest offer should have been answered before a day."""
    return Order.objects.filter(state__in=NEGOTIATING, answer_due_on__lt=today)


def orders_ending(today: date) -> QuerySet[Order]:
    """Return the accepted orders that were given notice to a day that has come."""
    return Order.objects.filter(state=OrderState.COMPLETED, ends_on__lte=today)


def settled_orders_count() -> int:
    """Count the orders that ended in an accepted delivery, for everybody to know."""
    return Order.objects.filter(state=OrderState.COMPLETED).count()
