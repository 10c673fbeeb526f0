from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, NotAllowed
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.rules import (
    check_amendment_signer,
    refuse_signed_amendment,
    refuse_unless_amendment_waits,
)
from marketplace.trading.orders.amendment.selectors import signatures_on
from marketplace.trading.orders.approval.authority import refuse_above_limit
from marketplace.trading.orders.approval.deals import deal_of_amendment, deal_of_contract
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.rules import (
    check_signer,
    refuse_signed_contract,
    refuse_unless_contract_waits,
)
from marketplace.trading.orders.order.policies import Side, sides_of


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
    refuse_signed_contract(contract, side)
    other = contract.buyer_signed_by_id if side == Side.SELLER else contract.seller_signed_by_id
    if not is_second("contract", other, by, of=sides_of(contract.order)):
        raise NotAllowed(
            _("You have signed for the other side. Somebody else signs for this one."),
            code="signed-for-other-side",
        )
    refuse_unless_contract_waits(contract, side)
    refuse_above_limit(deal_of_contract(contract, side), by)
    return side


def check_sign_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that signs an amendment next.

    Raises:
        NotAllowed: the actor signs for neither side, or has signed for the other one
            (`signed-for-other-side`); or the sum is above their limit, and no second person has
            approved it (`above-limit`).
        WrongState: that side has signed (`signed-already`), it does not wait for signatures or is
            past its day (`amendment-over`), or the contract is not in force (`not-amendable`).
    """
    side = check_amendment_signer(amendment, by)
    refuse_signed_amendment(amendment, side)
    signers = signatures_on(amendment).values_list("person_id", flat=True)
    sides = sides_of(amendment.contract.order)
    if not all(is_second("amendment", signer, by, of=sides) for signer in signers):
        raise NotAllowed(
            _("You have signed for the other side. Somebody else signs for this one."),
            code="signed-for-other-side",
        )
    refuse_unless_amendment_waits(amendment, side)
    refuse_above_limit(deal_of_amendment(amendment, side), by)
    return side
