"""Put files into the vault, read them, take them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.envelope import unwrap, wrap
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.vault import policies
from marketplace.vault.chunks import CHUNK_BYTES, DamagedFile
from marketplace.vault.events import FileRemoved, FileStored
from marketplace.vault.incoming import Incoming, encrypt_path, encrypt_stream
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import vault_folder
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.selectors import files_visible_to

LONGEST_NAME = 200


@transaction.atomic
def keep_incoming(
    incoming: Incoming,
    *,
    name: str,
    purpose: Purpose,
    organization_id: UUID,
    content_type: str,
    by: Actor,
) -> StoredFile:
    """Keep a file that was encrypted before. Called by another act, in its transaction.

    Where that transaction fails, the bytes stay behind without their key until the vault is swept.

    Raises:
        NotAllowed: the actor may not store files for this organization.
    """
    if not policies.may_store(by, organization_id):
        raise NotAllowed(_("You may store files only for your own organization."))
    file_id = uuid4()
    place = PurePosixPath(file_id.hex[:2]) / file_id.hex
    target = vault_folder() / place
    target.parent.mkdir(mode=0o700, exist_ok=True)
    file = StoredFile.objects.create(
        id=file_id,
        organization_id=organization_id,
        purpose=purpose,
        name=plain_name(name),
        content_type=content_type[:120],
        size=incoming.size,
        sha256=incoming.sha256,
        chunk_bytes=CHUNK_BYTES,
        wrapped_key=wrap(incoming.key, purpose=key_purpose(file_id)),
        path=str(place),
    )
    record(
        FileStored(
            subject=f"file:{file.pk}",
            about=(f"organization:{organization_id}",),
            purpose=purpose,
            sha256=file.sha256,
        ),
        by=by,
    )
    incoming.move_to(target)
    return file


@transaction.atomic
def store_stream(
    chunks: Iterable[bytes],
    *,
    name: str,
    purpose: Purpose,
    organization_id: UUID,
    content_type: str,
    by: Actor,
) -> StoredFile:
    """Encrypt a stream of bytes and keep it.

    Raises:
        NotAllowed: as for `keep_incoming`.
    """
    return _keep_or_discard(
        encrypt_stream(chunks), name, purpose, organization_id, content_type, by
    )


@transaction.atomic
def store_path(
    path: Path,
    *,
    name: str,
    purpose: Purpose,
    organization_id: UUID,
    content_type: str,
    by: Actor,
) -> StoredFile:
    """Encrypt a file of a work folder and keep it.

    Raises:
        NotAllowed: as for `keep_incoming`.
    """
    return _keep_or_discard(encrypt_path(path), name, purpose, organization_id, content_type, by)


def open_stored(file: StoredFile) -> SeekableDecrypted:
    """Open a file for reading. The caller has checked that the actor may read it.

    Raises:
        WrongState: the file was removed, or its bytes are missing or damaged.
    """
    if file.removed_at is not None:
        raise WrongState(_("This file was removed and cannot be read."), code="file-removed")
    key = unwrap(bytes(file.wrapped_key), purpose=key_purpose(file.pk))
    try:
        opened = SeekableDecrypted(vault_folder() / file.path, key)
    except (DamagedFile, FileNotFoundError):
        raise _damaged() from None
    if opened.size != file.size:
        opened.close()
        raise _damaged()
    return opened


@transaction.atomic
def remove_stored(file_id: UUID, *, by: Actor) -> StoredFile:
    """Destroy a file's key, and its bytes after commit. Removing it again changes nothing.

    Raises:
        NotFound: there is no such file among those the actor may see.
        NotAllowed: the actor may not remove it.
    """
    file = locked(files_visible_to(by), pk=file_id)
    if not policies.may_remove(by, file):
        raise NotAllowed(_("Only an officer of the organization can remove its files."))
    if file.removed_at is not None:
        return file
    file.removed_at = clock.now()
    file.wrapped_key = b""
    file.save(update_fields=["removed_at", "wrapped_key"])
    record(
        FileRemoved(subject=f"file:{file.pk}", about=(f"organization:{file.organization_id}",)),
        by=by,
    )
    place = vault_folder() / file.path
    transaction.on_commit(lambda: place.unlink(missing_ok=True), robust=True)
    return file


def plain_name(name: str) -> str:
    """Reduce a stranger's file name to a short one without folders and control characters."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(character for character in last if character.isprintable()).strip()
    return kept[-LONGEST_NAME:] or "file"


def _keep_or_discard(
    incoming: Incoming,
    name: str,
    purpose: Purpose,
    organization_id: UUID,
    content_type: str,
    by: Actor,
) -> StoredFile:
    try:
        return keep_incoming(
            incoming,
            name=name,
            purpose=purpose,
            organization_id=organization_id,
            content_type=content_type,
            by=by,
        )
    finally:
        incoming.discard()


def key_purpose(file_id: UUID) -> str:
    """Return the purpose under which the key of a stored file is wrapped."""
    return f"vault:file:{file_id}"


def _damaged() -> WrongState:
    return WrongState(
        _("The stored file is damaged or missing. Tell the centre: it has to restore a backup."),
        code="file-damaged",
    )
