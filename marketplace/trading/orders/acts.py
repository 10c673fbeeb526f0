"""Which acts on an order and what belongs to it are open to an actor now, and why others are not.

What an act asks beyond right and state, such as a proof that must stand, it says itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.core import Actor, Allowed, Rule, rules
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.rules import (
    check_decline_amendment,
    check_propose_amendment,
    check_withdraw_amendment,
)
from marketplace.trading.orders.approval.rules import (
    check_ask_amendment_approval,
    check_ask_contract_approval,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.deletion.rules import check_state_deletion
from marketplace.trading.orders.delivery.rules import (
    check_accept_delivery,
    check_object_to_delivery,
)
from marketplace.trading.orders.dispute.rules import (
    check_open_dispute,
)
from marketplace.trading.orders.negotiation.rules import (
    check_accept_order,
    check_cancel_order,
    check_counter_order,
    check_decline_order,
)
from marketplace.trading.orders.objection.rules import check_offer_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.owing import check_propose_refund
from marketplace.trading.orders.settlement.rules import (
    check_record_payment,
)
from marketplace.trading.orders.signature.rules import check_sign_amendment, check_sign_contract
from marketplace.trading.orders.termination.rules import check_terminate_contract

ACTS_ON_ORDER: Mapping[str, Rule[Order]] = MappingProxyType(
    {
        "accept_order": check_accept_order,
        "decline_order": check_decline_order,
        "counter_order": check_counter_order,
        "cancel_order": check_cancel_order,
        "record_payment": check_record_payment,
        "accept_delivery": check_accept_delivery,
        "object_to_delivery": check_object_to_delivery,
        "terminate_contract": check_terminate_contract,
        "offer_remedy": check_offer_remedy,
        "open_dispute": check_open_dispute,
        "propose_refund": check_propose_refund,
        "state_deletion": check_state_deletion,
    }
)
ACTS_ON_CONTRACT: Mapping[str, Rule[Contract]] = MappingProxyType(
    {
        "sign_contract": check_sign_contract,
        "ask_contract_approval": check_ask_contract_approval,
        "propose_amendment": check_propose_amendment,
    }
)
ACTS_ON_AMENDMENT: Mapping[str, Rule[Amendment]] = MappingProxyType(
    {
        "sign_amendment": check_sign_amendment,
        "ask_amendment_approval": check_ask_amendment_approval,
        "decline_amendment": check_decline_amendment,
        "withdraw_amendment": check_withdraw_amendment,
    }
)


def acts_on_order(order: Order, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ORDER, order, by)


def acts_on_contract(contract: Contract, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_CONTRACT, contract, by)


def acts_on_amendment(amendment: Amendment, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_AMENDMENT, amendment, by)
