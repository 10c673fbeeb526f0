"""What asking for an approval to sign, giving and refusing it are refused for."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.rules import (
    check_amendment_signer,
    refuse_unless_amendment_waits,
)
from marketplace.trading.orders.approval.authority import covers, weighed_for
from marketplace.trading.orders.approval.deals import Deal, deal_of_amendment, deal_of_contract
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.selectors import open_approval
from marketplace.trading.orders.approval.states import APPROVAL, ApprovalState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.rules import check_signer, refuse_unless_contract_waits
from marketplace.trading.orders.order.policies import Side, sides_of


def check_ask_contract_approval(contract: Contract, by: Actor) -> Deal:
    """Return what the actor's side would be bound to, for whose signature they need a second one.

    Raises:
        NotAllowed: the actor signs for neither side.
        WrongState: that side has signed, the contract does not wait for signatures, the actor may
            sign alone (`approval-unneeded`), or an approval was asked for or given
            (`approval-asked`).
    """
    side = check_signer(contract, by)
    refuse_unless_contract_waits(contract, side)
    return _checked(deal_of_contract(contract, side), by)


def check_ask_amendment_approval(amendment: Amendment, by: Actor) -> Deal:
    """Return what the actor's side would be bound to, for whose signature they need a second one.

    Raises:
        NotAllowed: the actor signs for neither side.
        WrongState: as for `check_ask_contract_approval`.
    """
    side = check_amendment_signer(amendment, by)
    refuse_unless_amendment_waits(amendment, side)
    return _checked(deal_of_amendment(amendment, side), by)


def _checked(deal: Deal, by: Actor) -> Deal:
    if weighed_for(deal, by).is_covered:
        raise WrongState(_("You may sign this alone."), code="approval-unneeded")
    earlier = open_approval(deal)
    if earlier is not None and not has_fallen(earlier, deal):
        raise WrongState(
            _("The approval of a second person is asked for already, or given."),
            code="approval-asked",
        )
    return deal


def has_fallen(approval: SigningApproval, deal: Deal) -> bool:
    """Return whether an approval that waits or was given covers the text no more."""
    if approval.state == ApprovalState.APPROVED:
        return covers(approval, deal) is None
    return (approval.digest, approval.sum) != (deal.text.digest, deal.sum)


def deal_of(approval: SigningApproval) -> Deal:
    """Return the text that an approval is about, as it stands now."""
    side = Side(approval.side)
    if approval.amendment is not None:
        approval.amendment.contract = approval.contract
        return deal_of_amendment(approval.amendment, side)
    return deal_of_contract(approval.contract, side)


def check_decide_signing(approval: SigningApproval, by: Actor) -> Deal:
    """Return the text that the actor approves or refuses as the second person.

    Raises:
        NotAllowed: the actor is of another organization, or asked themselves; or the sum is above
            their own limit (`above-limit`).
        WrongState: it is decided, the text is not to be signed any more, or it is another by now
            (`text-changed`).
    """
    deal = deal_of(approval)
    is_colleague = by.acts_for(deal.organization_id)
    sides = sides_of(deal.order)
    if not is_colleague or not is_second("signing", approval.asked_by_id, by, of=sides):
        raise NotAllowed(
            _("Another person of the same organization decides than who asks to sign.")
        )
    APPROVAL.check(approval, ApprovalState.APPROVED)
    if approval.amendment is not None:
        refuse_unless_amendment_waits(approval.amendment, deal.side)
    else:
        refuse_unless_contract_waits(approval.contract, deal.side)
    if has_fallen(approval, deal):
        raise WrongState(
            _("The text is another than the one that the approval was asked for."),
            code="text-changed",
        )
    if not weighed_for(deal, by).is_covered:
        raise NotAllowed(
            _("The sum is above your own limit. Somebody with a higher one approves, or an owner."),
            code="above-limit",
        )
    return deal


ACTS_ON_APPROVAL: Mapping[str, Rule[SigningApproval]] = MappingProxyType(
    {"approve_signing": check_decide_signing, "refuse_signing": check_decide_signing}
)


def acts_on_approval(approval: SigningApproval, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_APPROVAL, approval, by)
