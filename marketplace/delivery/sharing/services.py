"""The table of a grant through Delta Sharing: described, queried, and its bytes fetched."""

from copy import copy
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, visible
from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.changes.services import ChangesOfGrant, look_at_changes
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.ranges import ByteRange
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grant_as_of, grants_visible_to
from marketplace.delivery.grant.services import OpenedDownload
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.grant.stored import stored_bytes
from marketplace.delivery.sharing.events import SharedTableOpened
from marketplace.delivery.sharing.protocol import SharedTable, described
from marketplace.delivery.use.models import UseKind
from marketplace.delivery.use.repeats import answer_of, question_of
from marketplace.delivery.use.services import Answered, record_use
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.vault.services import open_stored


@transaction.atomic
def look_at_shared(grant_id: UUID, *, as_of: AsOf = None, by: Actor) -> Grant:
    """Return the grant whose bytes the actor may fetch at this moment; records nothing.

    `as_of` is a revision that it gave.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`; the mode of delivery is this one.
    """
    grant = grant_as_of(visible(grants_visible_to(by), pk=grant_id), as_of)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.TABLE)
    return grant


@transaction.atomic
def look_at_table(grant_id: UUID, *, as_of: AsOf = None, by: Actor) -> SharedTable:
    """Describe the table of a grant at this moment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_shared`.
    """
    grant = look_at_shared(grant_id, as_of=as_of, by=by)
    with stored_bytes(grant) as file:
        return described(grant, file)


@transaction.atomic
def query_table(grant_id: UUID, *, key_id: UUID, as_of: AsOf = None, by: Actor) -> SharedTable:
    """Return the table to a client that will fetch its bytes; it counts as one use of every row.

    A client asks for the bytes piece by piece under one address, so that the query is what is
    metered. The first one marks the order delivered.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_table` and `record_use`.
    """
    table = look_at_table(grant_id, as_of=as_of, by=by)
    grant = table.grant
    asked = question_of(grant_id, "table", grant.revision.number)
    record_use(
        grant_id,
        key_id=key_id,
        kind=UseKind.TABLE,
        rows=table.rows,
        size=grant.size,
        answered=Answered(asked, answer_of(asked, grant.sha256.encode())),
        by=by,
    )
    mark_delivered(grant.order_id, by=Actor.system(by.door))
    record(
        SharedTableOpened(
            subject=f"grant:{grant.pk}", about=grant.concerns, sha256=grant.sha256, rows=table.rows
        ),
        by=by,
    )
    return table


def query_changes(
    grant_id: UUID, *, key_id: UUID, since: AsOf, until: AsOf, by: Actor
) -> tuple[SharedTable, ChangesOfGrant]:
    """Return what changed to a client that will fetch it; it counts as one use of every such row.

    Working it out is outside any transaction, as for `look_at_changes`.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_changes` and `record_use`.
    """
    found = look_at_changes(grant_id, opening=Opening.TABLE, since=since, until=until, by=by)
    return _tell_of(found, key_id=key_id, by=by), found


@transaction.atomic
def _tell_of(found: ChangesOfGrant, *, key_id: UUID, by: Actor) -> SharedTable:
    grant = found.grant
    with stored_bytes(grant) as file:
        table = described(grant, file)
    rows, size = (
        sum(step.rows for step in found.steps),
        sum(step.file.size for step in found.steps),
    )
    asked = question_of(grant.pk, "feed", [step.given.revision.number for step in found.steps])
    files = " ".join(step.file.sha256 for step in found.steps)
    record_use(
        grant.pk,
        key_id=key_id,
        kind=UseKind.CHANGES,
        rows=rows,
        size=size,
        answered=Answered(asked, answer_of(asked, files.encode())),
        by=by,
    )
    mark_delivered(grant.order_id, by=Actor.system(by.door))
    record(
        SharedTableOpened(
            subject=f"grant:{grant.pk}", about=grant.concerns, sha256=grant.sha256, rows=rows
        ),
        by=by,
    )
    return table


def as_file(grant: Grant, changes: RevisionChanges) -> Grant:
    """Return a grant as if what changed were all that it gives; it is not to be saved."""
    seen = copy(grant)
    seen.sha256, seen.size = changes.file.sha256, changes.file.size
    return seen


@transaction.atomic
def look_at_shared_changes(grant_id: UUID, *, number: int, by: Actor) -> Grant:
    """Return the grant as if it gave what changed with a revision, which a query told of before.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_changes`.
    """
    changes, grant = _changes_of(grant_id, number, by=by)
    return as_file(grant, changes)


@transaction.atomic
def open_shared(
    grant_id: UUID, *, byte_range: ByteRange, number: int, of_changes: bool = False, by: Actor
) -> OpenedDownload:
    """Open the bytes of a table, or of what changed with it, for one request.

    The ledger was told of the query before.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_table`.
    """
    grant = grant_as_of(locked_grant(grants_visible_to(by), pk=grant_id), number)
    person_id = refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.TABLE)
    changes = _changes_of(grant_id, number, by=by)[0] if of_changes else None
    file = stored_bytes(grant) if changes is None else open_stored(changes.file)
    try:
        download = Download.objects.create(
            grant=grant,
            person_id=person_id,
            first_byte=byte_range.first,
            last_byte=byte_range.last,
        )
    except BaseException:
        file.close()
        raise
    return OpenedDownload(grant, byte_range, file, download)


def _changes_of(grant_id: UUID, number: int, *, by: Actor) -> tuple[RevisionChanges, Grant]:
    """Return what changed with one revision, and the grant as of that."""
    found = look_at_changes(grant_id, opening=Opening.TABLE, since=number - 1, until=number, by=by)
    return found.steps[-1], found.grant
