"""The buyer reads the data: each request is asked anew whether everything still stands."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.delivery.events import DownloadOpened
from marketplace.delivery.models import Download, Grant
from marketplace.delivery.modes import DeliveryMode, stored_bytes
from marketplace.delivery.ranges import ByteRange, whole
from marketplace.delivery.rules import check_delivered
from marketplace.delivery.selectors import grants_to_open
from marketplace.delivery.standing import refuse_unless_open
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.services import mark_delivered
from marketplace.vault.reading import SeekableDecrypted

PIECE_BYTES = 1024 * 1024
"""What is decrypted at once: small pieces cost more calls than they save memory."""


@dataclass(frozen=True)
class OpenedDownload:
    """Bytes that a buyer may have now. `pieces` sends them once and closes the file."""

    grant: Grant
    mode: DeliveryMode
    byte_range: ByteRange
    file: SeekableDecrypted
    download: Download

    def pieces(self) -> Generator[bytes, None, None]:
        """Yield the bytes piece by piece, and note how many left when the request is over.

        The next piece is decrypted while one is sent.
        """
        sent, length = 0, self.byte_range.length
        try:
            self.file.seek(self.byte_range.first)
            with ThreadPoolExecutor(1) as reader:
                coming = reader.submit(self.file.read, min(PIECE_BYTES, length))
                while piece := coming.result():
                    # Counted before it leaves: rather too much is told of a broken request.
                    sent += len(piece)
                    coming = reader.submit(self.file.read, min(PIECE_BYTES, length - sent))
                    yield piece
        finally:
            self.file.close()
            Download.objects.filter(pk=self.download.pk).update(sent=sent)


@transaction.atomic
def look_at_download(grant_id: UUID, *, by: Actor) -> Grant:
    """Return the grant whose bytes the actor may read at this moment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`.
    """
    grant = visible(grants_to_open(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, lambda mode: mode.is_file)
    return grant


@transaction.atomic
def open_download(grant_id: UUID, *, byte_range: ByteRange | None, by: Actor) -> OpenedDownload:
    """Open the data of a grant for one request; the first one marks its order delivered.

    Grant, right, risk report and listing are asked anew with their rows share-locked, and the
    digest of the stored bytes is compared with that of what was sold. `byte_range` None is
    everything. The caller closes the file, or lets `pieces` run out.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is revoked (`grant-revoked`) or expired (`grant-expired`), the listing
            is suspended, a proof does not stand (its code), the bytes are others (`bytes-changed`),
            or the data is not delivered as a file (`another-mode`).
    """
    grant = locked(grants_to_open(by), pk=grant_id)
    person_id = refuse_unless_open(grant, by=by)
    mode = check_delivered(grant, lambda mode: mode.is_file)
    asked = byte_range or whole(grant.size)
    file = stored_bytes(grant)
    try:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
        download = Download.objects.create(
            grant=grant,
            person_id=person_id,
            first_byte=asked.first,
            last_byte=asked.last,
        )
        record(
            DownloadOpened(
                subject=f"grant:{grant.pk}",
                about=grant.concerns,
                first_byte=asked.first,
                last_byte=asked.last,
                sha256=grant.sha256,
            ),
            by=by,
        )
    except BaseException:
        file.close()
        raise
    return OpenedDownload(grant, mode, asked, file, download)
