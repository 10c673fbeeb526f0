"""Record a fact in the act's own transaction."""

from __future__ import annotations

from datetime import UTC

from django.db import connection, transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.authentication import mac_of
from marketplace.ledger.facts import Fact
from marketplace.ledger.lines import digest_of, line_of
from marketplace.ledger.models import Entry, Mention

CHANNEL = "ledger"


def record(fact: Fact, *, by: Actor) -> Entry:
    """Insert the fact as an entry. Takes no lock, so acts do not queue behind each other."""
    entry = Entry(
        kind=fact.kind,
        subject=fact.subject,
        about=list(dict.fromkeys(about for about in fact.about if about != fact.subject)),
        person_id=by.person_id,
        organization_id=by.organization_id,
        door=by.door,
        happened_at=clock.now().astimezone(UTC),
        payload=fact.payload(),
    )
    line = line_of(entry)
    if not line:
        raise ValueError(f"{fact.kind} holds a value that has no canonical form.")
    entry.digest, entry.mac = digest_of(line).hex(), mac_of(line)
    entry.save(force_insert=True)
    Mention.objects.bulk_create(Mention(entry=entry, subject=about) for about in entry.about)
    transaction.on_commit(_wake_sealer, robust=True)
    return entry


def _wake_sealer() -> None:
    """Tell a waiting sealer on PostgreSQL; on SQLite it polls."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
