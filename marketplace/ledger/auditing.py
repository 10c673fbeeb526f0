"""The check of the ledger, for those who audit it. It reads and changes nothing: it is no act."""

from marketplace.core import Actor
from marketplace.ledger.rules import check_checks_ledger
from marketplace.ledger.services.verification import Part, check_part


def check_ledger(after: int = 0, *, by: Actor) -> Part:
    """Check a part of the ledger for an auditor; part by part it is the whole.

    Raises:
        NotAllowed: the actor is neither an auditor nor the centre's administrator.
        NotFound: no signed head stands at that size.
    """
    check_checks_ledger(None, by)
    return check_part(after)
