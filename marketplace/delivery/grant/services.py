"""Access is opened when the payment is held, read, and ended by revocation or with the licence."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from desensitize.engines.codebook import read_codebook
from marketplace.core import (
    Actor,
    NotAllowed,
    Refusal,
    WrongState,
    clock,
    locked,
    share_locked,
    visible,
)
from marketplace.core.arguments import reason_of
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.bought import (
    asked_for,
    licence_ends_at,
    needs_copy,
    projection_of,
)
from marketplace.delivery.grant.events import (
    CopyRetried,
    DownloadOpened,
    GrantAdvanced,
    GrantAmended,
    GrantExpired,
    GrantIssued,
    GrantRevoked,
    LicenceEnding,
)
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.grant.ranges import ByteRange, whole
from marketplace.delivery.grant.rules import (
    check_codebook,
    check_delivered,
    check_has_copy_written,
    check_retry_copy,
    check_revoke_grant,
    written_copy,
)
from marketplace.delivery.grant.selectors import (
    copy_of_order,
    grant_as_of,
    grant_of_order,
    grants_behind,
    grants_ending,
    grants_to_open,
    grants_visible_to,
)
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.grant.states import GRANT, GrantState
from marketplace.delivery.grant.stored import stored_bytes
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.services import request_copy
from marketplace.trading.listings.budget.promises import release_reserved
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.sale.licences import begin_licence, licence_end
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion, lift_deletion
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.vault.reading import SeekableDecrypted


@transaction.atomic
def open_order(order_id: UUID, *, by: Actor) -> Grant | Copy:
    """Grant access to a paid order, or ask for the copy that is granted once it has passed.

    Doing it again changes nothing, but that a copy whose run failed is asked for anew.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software grants access, once the payment is held."))
    issued = grant_of_order(order.pk)
    if issued is not None:
        return issued
    if order.state != OrderState.PAID:
        raise WrongState(_("Access is granted once the payment is held."))
    copy = copy_of_order(order.pk)
    if not needs_copy(order) or (copy is not None and copy.passed):
        return issue_grant(order_id, by=by)
    return request_copy(
        _revision_to_give(order).version_id,
        recipient_id=order.buyer_id,
        asked_for=asked_for(order.pk),
        projection=projection_of(order).as_json(),
        is_marked=order.agreed_terms.is_marked,
        by=by,
    )


@transaction.atomic
def retry_copy(order_id: UUID, *, by: Actor) -> Copy:
    """Have a buyer's copy written again whose run failed or was cancelled.

    While a run is under way, asking again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is neither an officer of the seller nor a reviewer of the centre.
        WrongState: nothing is written for the order (`no-copy`), it no longer waits for its copy
            (`copy-not-awaited`), or the copy was measured already (`copy-measured`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    check_has_copy_written(order, by)
    copy = written_copy(order)
    if not copy.run.is_final:
        return copy
    check_retry_copy(order, by)
    opened = open_order(order_id, by=Actor.system(by.door))
    assert isinstance(opened, Copy)
    record(CopyRetried(subject=f"order:{order.pk}", about=order.concerns), by=by)
    return opened


@transaction.atomic
def issue_grant(order_id: UUID, *, by: Actor) -> Grant:
    """Open the data of a paid order to its buyer. Issuing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held, or the buyer's copy has not passed
            (`copy-missing`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software grants access, once the payment is held."))
    issued = grant_of_order(order.pk)
    if issued is not None:
        return issued
    if order.state != OrderState.PAID:
        raise WrongState(_("Access is granted once the payment is held."))
    listing, revision = order.listing, _revision_to_give(order)
    begins, months = clock.now(), order.agreed_terms.licence_months
    copy = copy_of_order(order.pk) if needs_copy(order) else None
    if needs_copy(order) and (copy is None or copy.file is None):
        raise WrongState(
            _("The buyer's copy is not written yet, or its risk is too high."), code="copy-missing"
        )
    if copy is not None:
        # The listing may have moved on since the copy was asked for.
        revision = copy.run.version.revision
    file = revision.version.file if copy is None or copy.file is None else copy.file
    grant = Grant.objects.create(
        order=order,
        organization_id=order.buyer_id,
        listing=listing,
        revision=revision,
        version_id=revision.version_id,
        copy=copy,
        sha256=file.sha256,
        size=file.size,
        projection=projection_of(order).as_json() if copy is None else {},
        mode=listing.delivery_mode,
        created_at=begins,
        expires_at=licence_end(begins, months),
    )
    begin_licence(order.pk, begins=begins, months=months)
    GivenRevision.objects.create(
        grant=grant, revision=revision, copy=copy, sha256=file.sha256, size=file.size
    )
    record(
        GrantIssued(
            subject=f"grant:{grant.pk}", about=grant.concerns, mode=grant.mode, sha256=grant.sha256
        ),
        binds=bound(grant),
        by=by,
    )
    return grant


def _revision_to_give(order: Order) -> Revision:
    """Return the revision that a new grant gives: what was bought, or the newest where it follows.

    The listing is share-locked, so that a later revision finds the grant, or the grant it.
    """
    if not order.follows:
        return order.revision
    rows = Listing.objects.select_related("revision__version__file")
    return share_locked(rows, pk=order.listing_id).revision


@transaction.atomic
def advance_grant(grant_id: UUID, *, by: Actor) -> Grant | Copy:
    """Let a grant give what is due to its buyer now, or ask for the copy that it then gives.

    Only one that is in force moves on: to what its listing offers where the plan brings each later
    revision, else to what takes the place of a delivery that was objected to. Where the buyer's
    copy does not pass, the grant goes on giving the last good one. Doing it again changes
    nothing.

    Raises:
        NotFound: there is no such grant.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software delivers later revisions."))
    grant = locked_grant(grants_visible_to(by), pk=grant_id)
    order = grant.order
    if grant.state != GrantState.ACTIVE or not order.is_open_to_buyer:
        return grant
    revision = _revision_to_give(order)
    if revision.number <= grant.revision.number:
        return grant
    copy = None
    if needs_copy(order):
        copy = request_copy(
            revision.version_id,
            recipient_id=order.buyer_id,
            asked_for=asked_for(order.pk, revision.number),
            projection=projection_of(order).as_json(),
            is_marked=order.agreed_terms.is_marked,
            by=by,
        )
        if copy.passed is None:
            return copy
        if copy.file is None:
            return grant
    _give(grant, revision, copy, by=by)
    return grant


def _give(grant: Grant, revision: Revision, copy: Copy | None, *, by: Actor) -> None:
    file = revision.version.file if copy is None or copy.file is None else copy.file
    GivenRevision.objects.create(
        grant=grant, revision=revision, copy=copy, sha256=file.sha256, size=file.size
    )
    grant.revision, grant.version, grant.copy = revision, revision.version, copy
    grant.sha256, grant.size = file.sha256, file.size
    grant.save(update_fields=["revision", "version", "copy", "sha256", "size"])
    record(
        GrantAdvanced(
            subject=f"grant:{grant.pk}",
            about=(f"revision:{revision.pk}", *grant.concerns),
            number=revision.number,
            sha256=grant.sha256,
        ),
        binds=bound(grant),
        by=by,
    )


def advance_grants(*, by: Actor, listing_id: UUID | None = None) -> list[UUID]:
    """Let each grant that follows a listing give what it offers now; return those that do since.

    Each is a transaction of its own. One whose copy is being written moves on once that is done;
    one that is refused keeps no other waiting, and is tried again by the loop.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software delivers later revisions."))
    advanced = []
    for grant_id, revision_id in list(grants_behind(listing_id).values_list("pk", "revision_id")):
        with suppress(Refusal):
            moved = advance_grant(grant_id, by=by)
            if isinstance(moved, Grant) and moved.revision_id != revision_id:
                advanced.append(grant_id)
    return advanced


@transaction.atomic
def revoke_grant(grant_id: UUID, *, reason: str, by: Actor) -> Grant:
    """Take access back; what is being sent at this moment still ends.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the grant is over already.
        Invalid: there is no reason.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    check_revoke_grant(grant, by)
    GRANT.move(grant, GrantState.REVOKED)
    grant.reason = reason_of(Grant).given(reason)
    grant.save(update_fields=["state", "reason"])
    release_reserved(grant.order_id)
    record(
        GrantRevoked(subject=f"grant:{grant.pk}", about=grant.concerns), binds=bound(grant), by=by
    )
    return grant


@transaction.atomic
def end_grant_of_order(order_id: UUID, *, by: Actor) -> Grant | None:
    """Take back the access of an order whose contract has ended; None where there is none.

    Ending it again changes nothing. The gate refuses at once, whenever this comes.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software ends access with its contract."))
    grant = Grant.objects.select_for_update().filter(order_id=order_id).first()
    # Also of a contract that ended before its data was to be had.
    release_reserved(order_id)
    if grant is None or grant.state != GrantState.ACTIVE:
        return grant
    GRANT.move(grant, GrantState.REVOKED)
    grant.reason = gettext_noop("The contract has ended.")
    grant.save(update_fields=["state", "reason"])
    _stop_keys(grant)
    record(
        GrantRevoked(subject=f"grant:{grant.pk}", about=grant.concerns), binds=bound(grant), by=by
    )
    return grant


def _stop_keys(grant: Grant) -> None:
    """Stop the keys of a grant that is over: whoever holds one is nobody from now on."""
    grant.keys.filter(revoked_at=None).update(revoked_at=clock.now())


def remind_of_licence_ends(*, by: Actor) -> list[UUID]:
    """Note which licences run out within the centre's days, once each; return their grants.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the licences."))
    told = []
    for grant_id in list(grants_ending(by).filter(is_end_told=False).values_list("pk", flat=True)):
        with transaction.atomic():
            grant = locked(grants_visible_to(by), pk=grant_id)
            if grant.is_end_told or grant.state != GrantState.ACTIVE:
                continue
            grant.is_end_told = True
            grant.save(update_fields=["is_end_told"])
            ends_on = localtime(grant.expires_at).date().isoformat()
            record(
                LicenceEnding(
                    subject=f"order:{grant.order_id}", about=grant.concerns[1:], due_on=ends_on
                ),
                by=by,
            )
            told.append(grant_id)
    return told


def expire_grants(*, by: Actor) -> list[UUID]:
    """End each grant whose licence has run out; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the licences."))
    due = Grant.objects.filter(state=GrantState.ACTIVE, expires_at__lte=clock.now())
    expired = []
    for grant_id, order_id in list(due.values_list("pk", "order_id")):
        with by_itself():
            # As whoever amends the contract does, the order first.
            order = locked(orders_visible_to(by), pk=order_id)
            grant = locked(grants_visible_to(by), pk=grant_id)
            if grant.state != GrantState.ACTIVE:
                continue
            GRANT.move(grant, GrantState.EXPIRED)
            grant.save(update_fields=["state"])
            _stop_keys(grant)
            release_reserved(grant.order_id)
            ask_deletion(order, cause=DeletionCause.EXPIRED, by=by)
            record(
                GrantExpired(subject=f"grant:{grant.pk}", about=grant.concerns),
                binds=bound(grant),
                by=by,
            )
            expired.append(grant_id)
    return expired


@transaction.atomic
def amend_grant_of_order(order_id: UUID, *, by: Actor) -> Grant | None:
    """Let the grant of an order follow its amended terms; None where nothing is granted yet.

    A licence that lasts longer is open again where it had run out. What a copy holds stays as it
    was written. Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software follows the contract."))
    grant = Grant.objects.select_for_update().filter(order=order).first()
    if grant is None or grant.state == GrantState.REVOKED:
        return grant
    grant.order = order
    ends = licence_ends_at(grant)
    projection = projection_of(order).as_json() if grant.copy_id is None else grant.projection
    reopens = grant.state == GrantState.EXPIRED and ends > clock.now()
    if (ends, projection) == (grant.expires_at, grant.projection) and not reopens:
        return grant
    grant.expires_at, grant.projection = ends, projection
    if reopens:
        GRANT.move(grant, GrantState.ACTIVE)
        lift_deletion(order, by=by)
    grant.is_end_told = False
    grant.save(update_fields=["state", "expires_at", "projection", "is_end_told"])
    record(
        GrantAmended(
            subject=f"grant:{grant.pk}",
            about=grant.concerns,
            expires_at=grant.expires_at.isoformat(),
        ),
        binds=bound(grant),
        by=by,
    )
    return grant


# The buyer reads the data: each request is asked anew whether everything still stands.

PIECE_BYTES = 1024 * 1024
"""What is decrypted at once: small pieces cost more calls than they save memory."""


@dataclass(frozen=True)
class OpenedDownload:
    """Bytes that a buyer may have now. `pieces` sends them once and closes the file."""

    grant: Grant
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
def look_at_download(grant_id: UUID, *, as_of: AsOf = None, by: Actor) -> Grant:
    """Return the grant whose bytes the actor may read at this moment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`.
    """
    grant = grant_as_of(visible(grants_to_open(by), pk=grant_id), as_of)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.DOWNLOAD)
    return grant


@transaction.atomic
def open_download(
    grant_id: UUID, *, byte_range: ByteRange | None, as_of: AsOf = None, by: Actor
) -> OpenedDownload:
    """Open the data of a grant for one request; the first one marks its order delivered.

    Grant, right, risk report and listing are asked anew with their rows share-locked, and the
    digest of the stored bytes is compared with that of what was sold. `byte_range` None is
    everything, `as_of` a revision that the grant gave. The caller closes the file, or lets
    `pieces` run out.

    Raises:
        NotFound: there is no such grant among those the actor may see, or it gave no such revision
            (`revision-not-given`).
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is revoked (`grant-revoked`) or expired (`grant-expired`), the listing
            is suspended, a proof does not stand (its code), the bytes are others (`bytes-changed`),
            or the data is not delivered as a file (`another-mode`).
    """
    grant = grant_as_of(locked_grant(grants_to_open(by), pk=grant_id), as_of)
    person_id = refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.DOWNLOAD)
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
    return OpenedDownload(grant, asked, file, download)


@transaction.atomic
def look_at_codebook(grant_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return for each column label, unit, meaning, codes, levels and treatment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`; or no rows are delivered.
    """
    grant = visible(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    check_codebook(grant)
    with stored_bytes(grant) as file:
        schema: pa.Schema = pq.read_schema(pa.PythonFile(file, mode="r"))
    return read_codebook(schema)
