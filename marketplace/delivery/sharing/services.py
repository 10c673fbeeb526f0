"""The table of a grant through Delta Sharing: described, queried, and its bytes fetched."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.locking import locked, visible
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.modes import MODES, stored_bytes
from marketplace.delivery.grant.ranges import ByteRange
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.services import OpenedDownload
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.sharing.events import SharedTableOpened
from marketplace.delivery.sharing.protocol import SharedTable, described
from marketplace.delivery.use.models import UseKind
from marketplace.delivery.use.services import record_use
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.services import mark_delivered

MODE = "sharing"


@transaction.atomic
def look_at_shared(grant_id: UUID, *, by: Actor) -> Grant:
    """Return the grant whose bytes the actor may fetch at this moment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`; the mode of delivery is this one.
    """
    grant = visible(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    _refuse_other_mode(grant)
    return grant


@transaction.atomic
def look_at_table(grant_id: UUID, *, by: Actor) -> SharedTable:
    """Describe the table of a grant at this moment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_shared`.
    """
    grant = look_at_shared(grant_id, by=by)
    with stored_bytes(grant) as file:
        return described(grant, file)


@transaction.atomic
def query_table(grant_id: UUID, *, key_id: UUID, by: Actor) -> SharedTable:
    """Return the table to a client that will fetch its bytes; it counts as one use of every row.

    A client asks for the bytes piece by piece under one address, so that the query is what is
    metered. The first one marks the order delivered.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_table` and `record_use`.
    """
    table = look_at_table(grant_id, by=by)
    grant = table.grant
    record_use(grant_id, key_id=key_id, kind=UseKind.TABLE, rows=table.rows, size=grant.size, by=by)
    mark_delivered(grant.order_id, by=Actor.system(by.door))
    record(
        SharedTableOpened(
            subject=f"grant:{grant.pk}", about=grant.concerns, sha256=grant.sha256, rows=table.rows
        ),
        by=by,
    )
    return table


@transaction.atomic
def open_shared(grant_id: UUID, *, byte_range: ByteRange, by: Actor) -> OpenedDownload:
    """Open the bytes of a table for one request; the ledger was told of the query before.

    Raises:
        NotFound, NotAllowed, WrongState: as for `look_at_table`.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    person_id = refuse_unless_open(grant, by=by)
    _refuse_other_mode(grant)
    file = stored_bytes(grant)
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
    return OpenedDownload(grant, MODES[grant.mode], byte_range, file, download)


def _refuse_other_mode(grant: Grant) -> None:
    if grant.mode != MODE:
        raise WrongState(
            _("This data is delivered in another way. See how on the grant's page."),
            code="another-mode",
        )
