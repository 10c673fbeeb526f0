from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side
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
