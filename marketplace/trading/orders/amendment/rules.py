"""What the acts on an amendment refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.trading.orders.amendment.selectors import waiting_amendment
from marketplace.trading.orders.amendment.steps import refuse_unless_amendable
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.policies import Side, side_of


def check_amending_side(contract: Contract, by: Actor) -> Side:
    """Return the side that amends a contract in force.

    Raises:
        NotAllowed: the actor is no side of it.
        WrongState: the contract is not in force (`not-amendable`).
    """
    side = side_of(by, contract.order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can amend this contract."))
    refuse_unless_amendable(contract.order)
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
