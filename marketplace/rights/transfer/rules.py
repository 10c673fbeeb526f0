"""What the acts on a transfer refuse to who acquires the right."""

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_one_side
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.rights.claim import policies
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState


def check_joins(claim: Claim, by: Actor) -> None:
    """Refuse who does not acquire what a claim transfers.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer.
    """
    if claim.kind != ClaimKind.TRANSFER:
        raise WrongState(_("This is no transfer, so nobody else has to join."))
    if not policies.may_join(by, claim):
        raise NotAllowed(_("Only the acquirer can join the transfer."))
    check_one_side(by, *(each for each in policies.parties_of(claim) if not by.acts_for(each)))


def check_join_transfer(claim: Claim, by: Actor) -> None:
    """Refuse to join a transfer.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer, it was joined, or it is not in preparation any more.
    """
    check_joins(claim, by)
    if claim.joined_by_id is not None:
        raise WrongState(_("The acquirer has joined this transfer already."))
    if claim.state != ClaimState.DRAFT:
        raise WrongState(_("This transfer is not in preparation any more."))
