"""Which acts on an order and its contract are open to an actor now."""

from __future__ import annotations

from marketplace.accounts.selectors import organization_kind_of
from marketplace.core.actor import Actor
from marketplace.core.errors import is_allowed
from marketplace.trading.orders.amendment.policies import is_amendable
from marketplace.trading.orders.amendment.selectors import waiting_amendment
from marketplace.trading.orders.contract.ending import check_termination, is_noticed
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.dispute.services.opening import check_disputable
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, may_answer_order, may_cancel, side_of
from marketplace.trading.orders.order.states import NEGOTIATING, ORDER, OrderState
from marketplace.trading.orders.settlement.policies import may_keep_books, may_record_payment
from marketplace.trading.orders.settlement.refunding import REFUNDABLE
from marketplace.trading.orders.settlement.selectors import open_charge_of


def acts_on_order(order: Order, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on an order would not be refused for the actor's part or its state."""
    side, kind = side_of(by, order), organization_kind_of(by)
    is_open = open_charge_of(order) is not None
    return {
        "may_answer": order.state in NEGOTIATING and may_answer_order(by, order),
        "may_cancel": ORDER.may_move(order.state, OrderState.CANCELLED) and may_cancel(by, order),
        "may_pay": is_open and may_record_payment(by, kind),
        "may_accept": order.state in (OrderState.DELIVERED, OrderState.OBJECTED)
        and side == Side.BUYER,
        "may_object": order.state == OrderState.DELIVERED and side == Side.BUYER,
        "may_terminate": not is_noticed(order)
        and is_allowed(lambda: check_termination(order, by=by)),
        "may_dispute": side is not None and is_allowed(lambda: check_disputable(order)),
        "may_refund": order.state in REFUNDABLE and may_keep_books(by, kind),
    }


def acts_on_contract(contract: Contract, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on a contract would not be refused for the actor's part or its state."""
    order = contract.order
    side = side_of(by, order)
    signed_at = {Side.SELLER: contract.seller_signed_at, Side.BUYER: contract.buyer_signed_at}
    return {
        "may_sign": side is not None
        and signed_at[side] is None
        and order.state == OrderState.ACCEPTED
        and not contract.is_of_earlier_form,
        "may_amend": side is not None
        and is_amendable(order)
        and waiting_amendment(contract) is None,
    }
