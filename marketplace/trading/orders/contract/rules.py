from datetime import date, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.catalog.quality.selectors import weakened_at
from marketplace.core import Actor, NotAllowed, WrongState, clock
from marketplace.trading.orders.approval.authority import refuse_above_limit
from marketplace.trading.orders.approval.deals import deal_of_contract
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.order import policies
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.states import ORDER, OrderState
from marketplace.trading.orders.right_sale.sold_rights import refuse_while_right_passes
from marketplace.trading.orders.settlement.selectors import next_charge_of, overdue_charge_of

UNACCEPTED = (OrderState.DELIVERED, OrderState.OBJECTED)


def is_noticed(order: Order) -> bool:
    """Return whether notice was given, so that the contract ends with the paid period."""
    return order.ends_on is not None and order.state == OrderState.COMPLETED


LEAVE_DAYS = 30
"""So long after rules of quality promise less may a buyer of later revisions leave at once."""


def leave_until(order: Order) -> date | None:
    """Return until when a buyer may leave at once for rules that promise less; None where not."""
    if order.state != OrderState.COMPLETED or not order.follows:
        return None
    agreed = contract_of(order)
    weakened = weakened_at(order.listing.product.dataset)
    if agreed is None or weakened is None:
        return None
    signed = (agreed.seller_signed_at, agreed.buyer_signed_at)
    is_later = all(moment is not None and moment < weakened for moment in signed)
    until = localtime(weakened).date() + timedelta(days=LEAVE_DAYS)
    return until if is_later and clock.today() <= until else None


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


def check_sign_contract(contract: Contract, by: Actor) -> Side:
    """Return the side that signs next.

    Raises:
        NotAllowed: the actor signs for neither side, or has signed for the other one
            (`signed-for-other-side`); or the sum is above their limit, and no second person has
            approved it (`above-limit`).
        WrongState: that side has signed (`signed-already`), the order is not waiting for
            signatures, or the text is of an earlier form (`contract-form-outdated`).
    """
    side = check_signer(contract, by)
    _refuse_signed(contract, side)
    other = contract.buyer_signed_by_id if side == Side.SELLER else contract.seller_signed_by_id
    if not is_second("contract", other, by, of=policies.sides_of(contract.order)):
        raise NotAllowed(
            _("You have signed for the other side. Somebody else signs for this one."),
            code="signed-for-other-side",
        )
    refuse_unless_contract_waits(contract, side)
    refuse_above_limit(deal_of_contract(contract, side), by)
    return side


def _refuse_signed(contract: Contract, side: Side) -> None:
    if has_signed(contract, side):
        raise WrongState(
            _("Your side has signed. The other side signs next."), code="signed-already"
        )


def refuse_unless_contract_waits(contract: Contract, side: Side) -> None:
    """Refuse where a side has nothing to sign.

    Raises:
        WrongState: it has signed (`signed-already`), the order is not waiting for signatures, or
            the text is of an earlier form (`contract-form-outdated`).
    """
    _refuse_signed(contract, side)
    if contract.order.state != OrderState.ACCEPTED:
        raise WrongState(_("This contract is not waiting for a signature. Reload the page."))
    if contract.is_of_earlier_form:
        raise WrongState(
            _(
                "This contract was drawn up in an earlier form, which nobody can check without "
                "the centre. Cancel the order and order again."
            ),
            code="contract-form-outdated",
        )


def check_signer(contract: Contract, by: Actor) -> Side:
    """Return the side that the actor signs for.

    Raises:
        NotAllowed: it is neither.
    """
    side = policies.checked_side(by, contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can sign this contract."))
    return side


def has_signed(contract: Contract, side: Side) -> bool:
    moment = contract.seller_signed_at if side == Side.SELLER else contract.buyer_signed_at
    return moment is not None
