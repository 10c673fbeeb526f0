"""The check of the ledger, for those who audit it. It reads and changes nothing: it is no act."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.ledger import policies
from marketplace.ledger.services.verification import Part, check_part


def check_ledger(after: int = 0, *, by: Actor) -> Part:
    """Check a part of the ledger for an auditor; part by part it is the whole.

    Raises:
        NotAllowed: the actor is neither an auditor nor the centre's administrator.
        NotFound: no signed head stands at that size.
    """
    if not policies.may_check(by):
        raise NotAllowed(
            _("Only an auditor or the centre's administrator has the whole ledger checked.")
        )
    return check_part(after)
