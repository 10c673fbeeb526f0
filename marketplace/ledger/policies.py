"""Who may read what an entry says, and have the whole ledger checked."""

from marketplace.core import Actor
from marketplace.ledger.models import Entry

STAFF = ("reviewer", "auditor", "administrator")
"""Names of roles of accounts, which stands above: those who see everybody's things."""
WATCHERS = ("auditor", "administrator")


def may_read(by: Actor, entry: Entry) -> bool:
    """The centre's staff read every entry; an organization those it made or that concern it."""
    if by.has(*STAFF):
        return True
    own = f"organization:{by.organization_id}"
    return by.organization_id is not None and (
        entry.organization_id == by.organization_id or own in (entry.subject, *entry.about)
    )


def may_check(by: Actor) -> bool:
    """Auditors and the centre's administrator have the whole ledger checked."""
    return by.has(*WATCHERS)
