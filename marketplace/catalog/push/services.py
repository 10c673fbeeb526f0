"""Officers' programs send data to feeds, and the centre's software drops what nobody commits."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.form import examined_first
from marketplace.catalog.new_version.services import PARQUET, keep_table
from marketplace.catalog.push import rules
from marketplace.catalog.push.choices import PushKind, PushMode, RowAct
from marketplace.catalog.push.events import PushCancelled, PushCommitted, PushExpired, PushOpened
from marketplace.catalog.push.making import made_table, schema_of
from marketplace.catalog.push.models import Push, PushPart
from marketplace.catalog.push.selectors import parts_of, pushes_expired, pushes_visible_to
from marketplace.catalog.push.states import PUSH, PushState
from marketplace.catalog.push.values import table_of
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, Invalid, NotAllowed, WrongState, clock, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.models import Purpose
from marketplace.vault.services import (
    keep_incoming,
    plain_name,
    remove_stored,
    work_folder,
)

LASTS = timedelta(hours=24)
"""What is not committed within so long after it was opened is dropped."""
MOST_PARTS = 10_000
MOST_ROWS_A_PART = 50_000


@transaction.atomic
def open_push(
    dataset_id: UUID,
    *,
    kind: str,
    mode: str = PushMode.WHOLE.value,
    key: Sequence[str] = (),
    name: str = "",
    length: int | None = None,
    by: Actor,
) -> Push:
    """Begin to send data to the feed of a dataset: rows in parts, or a file of `length` bytes.

    Nothing of it counts before it is committed.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it takes no such data (see `rules.check_open_push`).
        Invalid: kind, mode, key or length is none; a file is always the whole table.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    feed = rules.check_open_push(dataset, by)
    assert by.person_id is not None, "An officer is a person."
    fields = _problems(dataset, kind, mode, key, length)
    if fields:
        raise Invalid(_("This cannot be sent so. See the fields."), fields=fields)
    push = Push.objects.create(
        feed=feed,
        kind=kind,
        mode=mode,
        key=list(key),
        name=plain_name(name) if name else "",
        length=length if kind == PushKind.FILE else None,
        opened_by_id=by.person_id,
        expires_at=clock.now() + LASTS,
    )
    record(
        PushOpened(
            subject=f"push:{push.pk}", about=_about(push), push_kind=push.kind, mode=push.mode
        ),
        by=by,
    )
    return push


def _problems(
    dataset: Dataset, kind: str, mode: str, key: Sequence[str], length: int | None
) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    most = settings.CENTRE["UPLOAD_MAX_BYTES"]
    if kind not in PushKind.values:
        wrong["kind"] = [_("Choose one of the listed answers.")]
    if mode not in PushMode.values:
        wrong["mode"] = [_("Choose one of the listed answers.")]
    elif kind == PushKind.FILE and mode != PushMode.WHOLE:
        wrong["mode"] = [_("A file is the whole table. Send rows to change some.")]
    if kind == PushKind.FILE and (length is None or not 0 < length <= most):
        wrong["length"] = [_("Give 1 to %(most)d bytes.") % {"most": most}]
    newest = latest_source_version(dataset)
    names = [each.name for each in newest.columns.all()] if newest else []
    if mode == PushMode.CHANGES and (
        not key or len(set(key)) < len(key) or not set(key) <= set(names)
    ):
        wrong["key"] = [
            _("Name the columns that tell each row from every other, of: %(columns)s.")
            % {"columns": ", ".join(names)}
        ]
    return wrong


def send_rows(
    push_id: UUID, *, number: int, rows: Sequence[Any], act: str = RowAct.PUT.value, by: Actor
) -> Push:
    """Add rows as the next part of a push; `number` counts its parts from 1.

    The same part again changes nothing, so that it can be sent again after anything that broke off.

    Raises:
        NotFound: there is no such push among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed or of a file; or the number is not the next (`part-out-of-order`),
            or was another part's (`part-differs`).
        Invalid: a row is none of the table (`row-refused`), or there are too many.
    """
    push = visible(pushes_visible_to(by), pk=push_id)
    rules.check_send(push, by)
    _refuse_rows(push, rows, act)
    schema = schema_of(push, act)
    table = table_of(rows, schema)
    digest = _digest(act, rows)
    with work_folder() as folder:
        path = folder / "part.parquet"
        pq.write_table(table, path, compression="zstd")
        incoming = encrypt_path(path)
    try:
        return keep_part(
            push_id,
            number=number,
            act=act,
            rows=len(rows),
            sha256=digest,
            incoming=incoming,
            by=by,
        )
    finally:
        incoming.discard()


def _refuse_rows(push: Push, rows: Sequence[Any], act: str) -> None:
    if push.kind != PushKind.ROWS:
        raise WrongState(_("This is a file. Send its bytes."), code="push-of-a-file")
    if act not in RowAct.values or (act == RowAct.DELETE and push.mode == PushMode.WHOLE):
        raise Invalid(
            _("Rows of a whole table are put in alone."),
            fields={"act": [_("Choose one of the listed answers.")]},
        )
    if not 0 < len(rows) <= MOST_ROWS_A_PART:
        sentence = _("Send 1 to %(most)d rows at a time.") % {"most": MOST_ROWS_A_PART}
        raise Invalid(sentence, fields={"rows": [sentence]})


def _digest(act: str, rows: Sequence[Any]) -> str:
    text = json.dumps([act, rows], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def keep_part(
    push_id: UUID,
    *,
    number: int,
    act: str,
    rows: int,
    sha256: str,
    incoming: Incoming,
    by: Actor,
) -> Push:
    """Keep a part that was read and encrypted: the second half of `send_rows`.

    Raises:
        NotFound, NotAllowed, WrongState: as for `send_rows`.
        Invalid: there are more rows or bytes than a table may have.
    """
    push = locked(pushes_visible_to(by), pk=push_id)
    rules.check_send(push, by)
    known = parts_of(push).filter(number=number).first()
    if known is not None:
        if known.sha256 == sha256:
            return push
        raise WrongState(
            _("Another part was sent under this number. Cancel this, and begin anew."),
            code="part-differs",
        )
    if number != push.parts + 1:
        raise WrongState(
            _("The next part is number %(number)d.") % {"number": push.parts + 1},
            code="part-out-of-order",
        )
    _refuse_beyond(push, rows, incoming.size)
    _keep(push, incoming, act=act, rows=rows, sha256=sha256, by=by)
    return push


def _refuse_beyond(push: Push, rows: int, size: int) -> None:
    most = {
        "rows": int(settings.CENTRE["UPLOAD_MAX_ROWS"]),
        "bytes": int(settings.CENTRE["UPLOAD_MAX_BYTES"]),
    }
    if (
        push.rows + rows > most["rows"]
        or push.received + size > most["bytes"]
        or push.parts >= MOST_PARTS
    ):
        raise Invalid(
            _("That is more than a table may have: %(rows)d rows, %(bytes)d bytes.") % most,
            code="too-large",
        )


def _keep(push: Push, incoming: Incoming, *, act: str, rows: int, sha256: str, by: Actor) -> None:
    size = incoming.size
    file = keep_incoming(
        incoming,
        name=f"part-{push.parts + 1}",
        purpose=Purpose.PART,
        organization_id=push.feed.dataset.organization_id,
        content_type=PARQUET if push.kind == PushKind.ROWS else "application/octet-stream",
        by=by,
    )
    PushPart.objects.create(
        push=push, number=push.parts + 1, act=act, file=file, rows=rows, sha256=sha256
    )
    push.parts, push.rows, push.received = push.parts + 1, push.rows + rows, push.received + size
    push.save(update_fields=["parts", "rows", "received"])


@transaction.atomic
def send_bytes(push_id: UUID, *, offset: int, incoming: Incoming, by: Actor) -> Push:
    """Add bytes of a file at an offset, which is how many came before.

    Raises:
        NotFound, NotAllowed: as for `send_rows`.
        WrongState: it is closed or of rows, or the offset is another (`offset-differs`).
        Invalid: they are more than was said.
    """
    push = locked(pushes_visible_to(by), pk=push_id)
    rules.check_send(push, by)
    if push.kind != PushKind.FILE or push.length is None:
        raise WrongState(_("These are rows. Send them as such."), code="push-of-rows")
    if offset != push.received:
        raise WrongState(
            _("Go on at byte %(offset)d.") % {"offset": push.received}, code="offset-differs"
        )
    if push.received + incoming.size > push.length:
        raise Invalid(_("That is more than the file was said to have."), code="too-large")
    if incoming.size:
        _keep(push, incoming, act="", rows=0, sha256=incoming.sha256, by=by)
    return push


def commit_push(push_id: UUID, *, rows: int | None = None, sha256: str = "", by: Actor) -> Push:
    """Make what was sent the newest version of the dataset: whole, or not at all.

    `rows` is how many rows were sent, `sha256` the digest of the file, where the sender says them.
    What was there already fills the day that waits. Committing again changes nothing.

    Raises:
        NotFound, NotAllowed: as for `send_rows`.
        WrongState: it is closed, not all of the file has come (`push-incomplete`), other data came
            meanwhile (`base-changed`), or the dataset takes no data.
        Invalid: rows or digest are not what was sent (`push-differs`), it is no table that can be
            read, or a key is missing or stands twice.
    """
    push = visible(pushes_visible_to(by), pk=push_id)
    check_owner(push.feed.dataset, by)
    if push.state == PushState.COMMITTED:
        return push
    rules.check_send(push, by)
    _refuse_unless_whole(push, rows)
    base = latest_source_version(push.feed.dataset)
    with work_folder() as folder:
        table = made_table(push, base, sha256=sha256.strip().lower(), folder=folder)
        table = examined_first(push.feed.dataset_id, table)
        clean = encrypt_path(table.path)
    try:
        base_id = base.pk if base else None
        return keep_push(push_id, table=table, clean=clean, base_id=base_id, by=by)
    finally:
        clean.discard()


def _refuse_unless_whole(push: Push, rows: int | None) -> None:
    if not push.parts or (push.length is not None and push.received < push.length):
        raise WrongState(
            _("%(received)d of %(length)s bytes have come. Go on where it ended.")
            % {"received": push.received, "length": push.length or "?"},
            code="push-incomplete",
        )
    if rows is not None and rows != push.rows:
        sentence = _("%(sent)d rows were sent, not %(said)d. Nothing was committed.") % {
            "sent": push.rows,
            "said": rows,
        }
        raise Invalid(sentence, code="push-differs", fields={"rows": [sentence]})


@transaction.atomic
def keep_push(
    push_id: UUID, *, table: CleanTable, clean: Incoming, base_id: UUID | None, by: Actor
) -> Push:
    """Keep what was sent as a version, and close it: the second half of `commit_push`.

    Raises:
        NotFound, NotAllowed, WrongState: as for `commit_push`.
    """
    push = locked(pushes_visible_to(by), pk=push_id)
    if push.state == PushState.COMMITTED:
        return push
    rules.check_send(push, by)
    dataset = locked(datasets_visible_to(by), pk=push.feed.dataset_id)
    if push.feed.ended_at is not None:
        raise WrongState(_("The feed was ended meanwhile."), code="no-feed")
    newest = latest_source_version(dataset)
    if push.mode == PushMode.CHANGES and (newest.pk if newest else None) != base_id:
        raise WrongState(_("Other data came meanwhile. Commit again."), code="base-changed")
    version = keep_table(dataset.pk, table=table, clean=clean, by=by)
    parts = push.parts
    push.version = version
    _close(push, PushState.COMMITTED, by=by)
    record(
        PushCommitted(
            subject=f"push:{push.pk}",
            about=(f"version:{version.pk}", *_about(push)),
            version=str(version.pk),
            parts=parts,
        ),
        by=by,
    )
    return push


@transaction.atomic
def cancel_push(push_id: UUID, *, by: Actor) -> Push:
    """Drop what was sent so far. Cancelling it again changes nothing.

    Raises:
        NotFound, NotAllowed: as for `send_rows`.
        WrongState: it is committed or expired.
    """
    push = locked(pushes_visible_to(by), pk=push_id)
    check_owner(push.feed.dataset, by)
    if push.state == PushState.CANCELLED:
        return push
    rules.check_cancel_push(push, by)
    _close(push, PushState.CANCELLED, by=by)
    record(PushCancelled(subject=f"push:{push.pk}", about=_about(push)), by=by)
    return push


def expire_pushes(*, by: Actor) -> int:
    """Drop what was not committed in time; return how many there were.

    Each in a transaction of its own, and again it changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    return sum(_expire(pk, by=by) for pk in list(pushes_expired().values_list("pk", flat=True)))


@transaction.atomic
def _expire(push_id: UUID, *, by: Actor) -> int:
    rows = pushes_expired().select_related("feed__dataset__organization")
    push = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=push_id).first()
    if push is None:
        return 0
    _close(push, PushState.EXPIRED, by=by)
    record(PushExpired(subject=f"push:{push.pk}", about=_about(push)), by=by)
    return 1


def _close(push: Push, state: PushState, *, by: Actor) -> None:
    """End a locked push, and drop its parts."""
    PUSH.move(push, state)
    push.closed_at = clock.now()
    push.save(update_fields=["state", "closed_at", "version"])
    for part in parts_of(push):
        file_id = part.file_id
        remove_stored(file_id, by=by)


def _about(push: Push) -> tuple[str, ...]:
    dataset = push.feed.dataset
    return (f"dataset:{dataset.pk}", *concerns(dataset))
