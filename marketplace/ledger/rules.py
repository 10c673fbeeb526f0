from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed
from marketplace.ledger import policies


def check_checks_ledger(_ledger: None, by: Actor) -> None:
    """Refuse who does not have the whole ledger checked.

    Raises:
        NotAllowed: the actor is neither an auditor nor the centre's administrator.
    """
    if not policies.may_check(by):
        raise NotAllowed(
            _("Only an auditor or the centre's administrator has the whole ledger checked.")
        )
