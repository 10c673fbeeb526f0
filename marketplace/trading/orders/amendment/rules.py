"""What the acts on an amendment refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.terms import has_passed
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.selectors import signatures_on, waiting_amendment
from marketplace.trading.orders.amendment.states import AMENDABLE, AMENDMENT, AmendmentState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of


def check_amendable(order: Order) -> None:
    """Refuse where no signed contract is in force.

    The sale of a right is over with the register's entry, and has no terms that could change.

    Raises:
        WrongState: it is not signed, in dispute, over, or notice was given (`not-amendable`).
    """
    if order.state in AMENDABLE and order.ends_on is None and not sells_right(order.listing):
        return
    raise WrongState(
        _(
            "Only a signed contract in force is amended: not before both have signed it, not "
            "during a dispute, and not once it has ended or notice was given. The sale of a right "
            "is not amended."
        ),
        code="not-amendable",
    )


def check_amending_side(contract: Contract, by: Actor) -> Side:
    """Return the side that amends a contract in force.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`).
    """
    side = side_of(by, contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can amend this contract."))
    check_amendable(contract.order)
    return side


def check_propose_amendment(contract: Contract, by: Actor) -> Side:
    """Return the side that proposes an amendment.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`), or another amendment waits
            (`amendment-waiting`).
    """
    side = check_amending_side(contract, by)
    if waiting_amendment(contract) is not None:
        raise WrongState(
            _("An amendment of this contract waits already. Sign, decline or withdraw it first."),
            code="amendment-waiting",
        )
    return side


def check_amendment_signer(amendment: Amendment, by: Actor) -> Side:
    """Return the side that the actor signs an amendment for.

    Raises:
        NotAllowed: it is neither.
    """
    side = side_of(by, amendment.contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can sign this amendment."))
    return side


def check_sign_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that signs an amendment next.

    Raises:
        NotAllowed: the actor signs for neither side.
        WrongState: that side has signed (`signed-already`), it does not wait for signatures or is
            past its day (`amendment-over`), or the contract is not in force (`not-amendable`).
    """
    side = check_amendment_signer(amendment, by)
    if has_signed_amendment(amendment, side):
        raise WrongState(
            _("Your side has signed. It holds once the other side has, too."),
            code="signed-already",
        )
    if amendment.state != AmendmentState.PROPOSED or has_passed(amendment, "answer_due_on"):
        raise WrongState(
            _("This amendment is not waiting for a signature. Reload the page."),
            code="amendment-over",
        )
    check_amendable(amendment.contract.order)
    return side


def has_signed_amendment(amendment: Amendment, side: Side) -> bool:
    """Return whether a side has signed an amendment."""
    return signatures_on(amendment).filter(side=side.value).exists()


def check_decline_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that declines what the other proposed.

    Raises:
        NotAllowed: the actor does not act for the other side.
        WrongState: it does not wait for signatures.
    """
    side = side_of(by, amendment.contract.order)
    if side is None or side == amendment.side:
        raise NotAllowed(_("Only the side that it was proposed to can decline an amendment."))
    AMENDMENT.check(amendment, AmendmentState.DECLINED)
    return side


def check_withdraw_amendment(amendment: Amendment, by: Actor) -> Side:
    """Return the side that takes back what it proposed.

    Raises:
        NotAllowed: the actor does not act for the side that proposed it.
        WrongState: it does not wait for signatures.
    """
    side = side_of(by, amendment.contract.order)
    if side is None or side != amendment.side:
        raise NotAllowed(_("Only the side that proposed an amendment can withdraw it."))
    AMENDMENT.check(amendment, AmendmentState.WITHDRAWN)
    return side
