from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState, clock
from marketplace.trading.orders.contract.rules import is_noticed
from marketplace.trading.orders.delivery.rules import UNACCEPTED
from marketplace.trading.orders.order import policies
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.states import ORDER, OrderState
from marketplace.trading.orders.right_sale.sold_rights import refuse_while_right_passes
from marketplace.trading.orders.settlement.selectors import next_charge_of, overdue_charge_of


def check_terminate_contract(order: Order, by: Actor) -> Side:
    """Return the side that ends the contract of an order.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: as for `terminate_contract`; or notice was given (`notice-given`).
    """
    side = policies.checked_side(by, order)
    if side is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can terminate this contract."))
    if is_noticed(order):
        raise WrongState(
            _("Notice was given: the contract ends with the period that is paid for."),
            code="notice-given",
        )
    if order.state == OrderState.DISPUTED:
        raise WrongState(_("The dispute decides how this contract ends."))
    if not ORDER.may_move(order.state, OrderState.TERMINATED):
        raise WrongState(_("There is no contract in force that could be terminated."))
    refuse_while_right_passes(order)
    _refuse_unless_theirs(order, side)
    return side


def _refuse_unless_theirs(order: Order, side: Side) -> None:
    if side == Side.BUYER and order.state in UNACCEPTED:
        raise WrongState(
            _("The data is delivered: accept it or object to it. Only the seller can end it now."),
            code="not-yours-to-end",
        )
    if order.state != OrderState.COMPLETED:
        return
    today = clock.today()
    if side == Side.SELLER and next_charge_of(order, on=today) is None:
        raise WrongState(
            _("The buyer has paid for the whole licence, and only the buyer can give it up."),
            code="not-yours-to-end",
        )
    if side == Side.BUYER and overdue_charge_of(order, on=today) is not None:
        raise WrongState(
            _("Pay what is due first, then terminate."),
            code="charge-overdue",
        )
