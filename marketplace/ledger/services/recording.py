"""Record a fact in the act's own transaction."""

import time
from collections.abc import Sequence
from datetime import UTC

from django.db import connection, transaction

from marketplace.core import Actor, clock
from marketplace.ledger.authentication import mac_of
from marketplace.ledger.binding import BOUND
from marketplace.ledger.facts import Fact
from marketplace.ledger.lines import COLUMNS, digest_of, line_of
from marketplace.ledger.models import Entry, Mention

CHANNEL = "ledger"
TOLD_SECONDS = 0.25
INSERTED = (*COLUMNS, "digest", "mac")
INSERT = (
    f"WITH entry AS (INSERT INTO ledger_entry ({', '.join(INSERTED)}) "
    f"VALUES ({', '.join(['%s'] * len(INSERTED))}) RETURNING id), "
    "mention AS (INSERT INTO ledger_mention (entry_id, subject) "
    "SELECT id, unnest(%s::varchar[]) FROM entry) SELECT id FROM entry"
)
_told: dict[str, float] = {}


def record(fact: Fact, *, binds: Sequence[str] = (), by: Actor) -> Entry:
    """Insert the fact as an entry. Takes no lock, so acts do not queue behind each other.

    `binds` are digests of rows that the act set, as `binding` makes them.
    """
    entry = Entry(
        kind=fact.kind,
        subject=fact.subject,
        about=list(dict.fromkeys(about for about in fact.about if about != fact.subject)),
        person_id=by.person_id,
        organization_id=by.organization_id or by.member_of,
        door=by.door,
        happened_at=clock.now().astimezone(UTC),
        payload=fact.payload() | ({BOUND: list(binds)} if binds else {}),
    )
    line = line_of(entry)
    if not line:
        raise ValueError(f"{fact.kind} holds a value that has no canonical form.")
    entry.digest, entry.mac = digest_of(line).hex(), mac_of(line)
    if connection.vendor == "postgresql":
        _insert_at_once(entry)
        transaction.on_commit(_wake_sealer, robust=True)
    else:
        entry.save(force_insert=True)
        Mention.objects.bulk_create(Mention(entry=entry, subject=about) for about in entry.about)
    return entry


def _insert_at_once(entry: Entry) -> None:
    """Insert an entry and its mentions in one statement, since every act waits for it."""
    fields = {field.attname: field for field in entry._meta.concrete_fields}
    values = [
        fields[column].get_db_prep_save(getattr(entry, column), connection) for column in INSERTED
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*values, entry.about])
        entry.pk = cursor.fetchone()[0]
    entry._state.adding, entry._state.db = False, connection.alias


def _wake_sealer() -> None:
    """Tell a waiting sealer on PostgreSQL; on SQLite it polls.

    Told ones queue at their commit, so a process that has just told does not do it again: the
    sealer, once it was woken, looks again before that time is over.
    """
    now = time.monotonic()
    if now - _told.get(connection.alias, -TOLD_SECONDS) < TOLD_SECONDS:
        return
    _told[connection.alias] = now
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
