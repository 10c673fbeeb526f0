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
    check_sign_amendment,
    check_withdraw_amendment,
)
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.rules import (
    check_ask_amendment_approval,
    check_ask_contract_approval,
    check_decide_signing,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.rules import (
    check_sign_contract,
    check_terminate_contract,
)
from marketplace.trading.orders.deletion.rules import check_state_deletion
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.rules import (
    check_answer_settlement,
    check_appeal_dispute,
    check_decide_dispute,
    check_open_dispute,
    check_propose_settlement,
    check_record_ruling,
    check_show_exhibit,
    check_take_over_mediation,
    check_withdraw_dispute,
)
from marketplace.trading.orders.negotiation.rules import check_counter_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.rules import (
    check_accept_delivery,
    check_accept_order,
    check_cancel_order,
    check_decline_order,
    check_object_to_delivery,
)
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.owing import check_propose_refund
from marketplace.trading.orders.recall.rules import (
    check_decide_reidentification,
    check_examine_reidentification,
)
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.rules import check_answer_remedy, check_offer_remedy
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.rules import (
    check_record_payment,
    check_set_off_credit,
)

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
ACTS_ON_CHARGE: Mapping[str, Rule[Charge]] = MappingProxyType(
    {"set_off_credit": check_set_off_credit}
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
ACTS_ON_APPROVAL: Mapping[str, Rule[SigningApproval]] = MappingProxyType(
    {"approve_signing": check_decide_signing, "refuse_signing": check_decide_signing}
)
ACTS_ON_DISPUTE: Mapping[str, Rule[Dispute]] = MappingProxyType(
    {
        "show_exhibit": check_show_exhibit,
        "withdraw_dispute": check_withdraw_dispute,
        "propose_settlement": check_propose_settlement,
        "answer_settlement": check_answer_settlement,
        "take_over_mediation": check_take_over_mediation,
        "decide_dispute": check_decide_dispute,
        "appeal_dispute": check_appeal_dispute,
        "record_ruling": check_record_ruling,
    }
)
ACTS_ON_REMEDY: Mapping[str, Rule[Remedy]] = MappingProxyType(
    {"accept_remedy": check_answer_remedy, "decline_remedy": check_answer_remedy}
)
ACTS_ON_REIDENTIFICATION: Mapping[str, Rule[Reidentification]] = MappingProxyType(
    {
        "examine_reidentification": check_examine_reidentification,
        "decide_reidentification": check_decide_reidentification,
    }
)


def acts_on_order(order: Order, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ORDER, order, by)


def acts_on_charge(charge: Charge, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_CHARGE, charge, by)


def acts_on_contract(contract: Contract, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_CONTRACT, contract, by)


def acts_on_amendment(amendment: Amendment, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_AMENDMENT, amendment, by)


def acts_on_approval(approval: SigningApproval, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_APPROVAL, approval, by)


def acts_on_dispute(dispute: Dispute, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_DISPUTE, dispute, by)


def acts_on_remedy(remedy: Remedy, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_REMEDY, remedy, by)


def acts_on_reidentification(doubt: Reidentification, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_REIDENTIFICATION, doubt, by)
