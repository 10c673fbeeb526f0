from datetime import date, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.catalog.quality.selectors import weakened_at
from marketplace.core import Actor, NotAllowed, WrongState, clock
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.order import policies
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.states import OrderState


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


def refuse_signed_contract(contract: Contract, side: Side) -> None:
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
    refuse_signed_contract(contract, side)
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
