from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side, may_answer_order
from marketplace.trading.orders.order.states import ORDER, OrderState

UNACCEPTED = (OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order that is delivered and not accepted."""


def check_accept_order(order: Order, by: Actor) -> Side:
    """Return the side that accepts the latest offer.

    Raises:
        NotAllowed: the offer was not made to the actor's side.
        WrongState: the order is not waiting to be accepted.
    """
    side = checked_side(by, order)
    if side is None or not may_answer_order(by, order):
        raise NotAllowed(_("Only the side that the offer was made to can accept it."))
    ORDER.check(order, OrderState.ACCEPTED)
    return side


def check_decline_order(order: Order, by: Actor) -> Side:
    """Return the side that declines the latest offer.

    Raises:
        NotAllowed: the offer was not made to the actor's side.
        WrongState: the order is not waiting for an answer.
    """
    side = checked_side(by, order)
    if side is None or not may_answer_order(by, order):
        raise NotAllowed(_("Only the side that the offer was made to can decline it."))
    ORDER.check(order, OrderState.DECLINED)
    return side


def check_cancel_order(order: Order, by: Actor) -> Side:
    """Return the side that steps back: the buyer; the seller too, once they had accepted.

    Raises:
        NotAllowed: the actor is no side of it, or sells and has not answered it yet.
        WrongState: both sides have signed, or the order is over.
    """
    side = checked_side(by, order)
    if side is None or (side == Side.SELLER and order.state == OrderState.PLACED):
        raise NotAllowed(_("Only the buyer can cancel this order. The seller can decline it."))
    ORDER.check(order, OrderState.CANCELLED)
    return side


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
