from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side, may_answer_order
from marketplace.trading.orders.order.states import ORDER, OrderState


def check_counter_order(order: Order, by: Actor) -> Side:
    """Return the side whose turn it is to answer with an offer of its own.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: it is the other side's turn, or nothing is negotiated.
    """
    side = checked_side(by, order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer negotiate an order."))
    ORDER.check(order, answered_by(side))
    return side


def answered_by(side: Side) -> OrderState:
    """Return the state of an order once a side has answered with an offer of its own."""
    return OrderState.PLACED if side == Side.BUYER else OrderState.COUNTERED


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
