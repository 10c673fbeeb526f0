from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side
from marketplace.trading.orders.order.states import OrderState

UNACCEPTED = (OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order that is delivered and not accepted."""


def check_accept_delivery(order: Order, by: Actor) -> None:
    """Refuse to accept a delivery.

    Raises:
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not delivered, or is accepted already.
    """
    if checked_side(by, order) != Side.BUYER:
        raise NotAllowed(_("Only the buyer can accept the delivery."))
    check_unaccepted(order)


def check_unaccepted(order: Order) -> None:
    """Refuse an order that is not waiting for its acceptance.

    Raises:
        WrongState: it is not delivered, or is accepted already.
    """
    if order.state not in UNACCEPTED:
        raise WrongState(_("This order is not waiting for its acceptance. Reload the page."))


def check_object_to_delivery(order: Order, by: Actor) -> None:
    """Refuse to object to a delivery.

    Raises:
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: the order is not delivered, or was objected to or accepted already.
    """
    if checked_side(by, order) != Side.BUYER:
        raise NotAllowed(_("Only the buyer can object to the delivery."))
    if order.state != OrderState.DELIVERED:
        # A dispute can go on as an objection, which is the mediator's to say.
        raise WrongState(_("This order is not waiting for its acceptance. Reload the page."))
