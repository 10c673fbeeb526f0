"""Whether pages invite an objection."""

from marketplace.core import Actor, WrongState
from marketplace.rights.acts import acts_on_claim
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection.rules import check_open_to_objections


def is_open_to_objections(claim: Claim) -> bool:
    """Return whether an objection of somebody would be taken today."""
    try:
        check_open_to_objections(claim)
    except WrongState:
        return False
    return True


def invites_objection(claim: Claim, by: Actor) -> bool:
    """Return whether the reader can object now, or could after signing in."""
    if by.person_id is None:
        return is_open_to_objections(claim)
    return acts_on_claim(claim, by)["object_to_claim"]
