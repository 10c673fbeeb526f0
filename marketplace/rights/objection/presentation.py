"""Whether pages invite an objection."""

from marketplace.core import Actor, WrongState, allowed
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection.rules import check_object_to_claim, check_open_to_objections


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
    return allowed({"object": check_object_to_claim}, claim, by)["object"]
