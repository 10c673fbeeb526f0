"""Encrypted files are kept, opened and swept."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, WrongState, clock, locked
from marketplace.core.envelope import unwrap, wrap
from marketplace.core.locking import lock_name
from marketplace.ledger.services.recording import record
from marketplace.vault import policies
from marketplace.vault.chunks import CHUNK_BYTES, DamagedFile
from marketplace.vault.events import FileRemoved, FileStored
from marketplace.vault.incoming import Incoming, encrypt_path, encrypt_stream
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import (
    clear_abandoned,
    held_folder,
    incoming_folder,
    vault_folder,
    work_root,
)
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.selectors import files_kept_for, files_visible_to, paths_in_use

# Put files into the vault, read them, take them out.

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
        Invalid: it has as many files or bytes as it may (`storage-full`).
    """
    if not policies.may_store(by, organization_id):
        raise NotAllowed(_("You may store files only for your own organization."))
    if not by.is_system:
        _refuse_beyond_quota(organization_id, incoming.size)
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


def _refuse_beyond_quota(organization_id: UUID, size: int) -> None:
    """Refuse a file of a person that does not fit beside what their organization keeps."""
    lock_name(f"vault:{organization_id}")
    kept = files_kept_for(organization_id)
    most_bytes = int(settings.CENTRE["ORGANIZATION_MAX_BYTES"])
    most_files = int(settings.CENTRE["ORGANIZATION_MAX_FILES"])
    if kept.files < most_files and kept.bytes + size <= most_bytes:
        return
    sentence = _(
        "Your organization keeps %(files)d files of %(size)s here; at most %(most_files)d of "
        "%(most_size)s are allowed. Destroy raw data that you need no longer, or ask the centre."
    ) % {
        "files": kept.files,
        "size": filesizeformat(kept.bytes),
        "most_files": most_files,
        "most_size": filesizeformat(most_bytes),
    }
    raise Invalid(sentence, code="storage-full", fields={"upload": [sentence]})


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


# Clear what crashes and failed transactions left behind.

SHORTEST_AGE = timedelta(hours=1)
"""A file stands in its place a moment before the transaction that registers it commits."""


@dataclass(frozen=True)
class Swept:
    """How many things were cleared, or would be."""

    work_folders: int
    incoming_files: int
    unregistered_files: int


def sweep_vault(*, dry_run: bool = False) -> Swept:
    """Remove abandoned work folders and incoming files, and stored bytes that no row names."""
    return Swept(
        work_folders=len(clear_abandoned(work_root(), dry_run=dry_run)),
        incoming_files=len(clear_abandoned(incoming_folder(), dry_run=dry_run)),
        unregistered_files=_clear_unregistered(dry_run=dry_run),
    )


def _clear_unregistered(*, dry_run: bool) -> int:
    oldest = (clock.now() - SHORTEST_AGE).timestamp()
    root, cleared = vault_folder(), 0
    # The disk is read before the register, so that a file kept meanwhile is in the register.
    found = [path for path in root.glob("??/*") if path.stat().st_mtime < oldest]
    kept = paths_in_use()
    for path in found:
        if str(path.relative_to(root)) not in kept:
            cleared += 1
            if not dry_run:
                path.unlink(missing_ok=True)
    return cleared


# Private folders in which files are decrypted while a program needs them plain.

COPY_BYTES = 1024 * 1024


@contextmanager
def work_folder() -> Iterator[Path]:
    """Make a folder that only this user may open; at the end it is removed with its files.

    What dead processes left is removed first, so that no crash leaves plaintext for long.
    """
    clear_abandoned_work_folders()
    with held_folder(work_root()) as folder:
        yield folder


def clear_abandoned_work_folders() -> int:
    """Remove the work folders whose process is dead; return how many there were."""
    return len(clear_abandoned(work_root()))


def decrypt_into(file: StoredFile, folder: Path) -> Path:
    """Write a file in plain into a work folder; answer where.

    Raises:
        WrongState: the file was removed, or is missing or damaged.
        DamagedFile: a chunk in its middle is damaged.
    """
    path = folder / f"{file.pk.hex}{PurePosixPath(file.name).suffix}"
    with open_stored(file) as stored:
        write_plain(stored, path)
    return path


def write_plain(stored: SeekableDecrypted, path: Path) -> None:
    """Copy what is decrypted into a new file of a work folder."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as plain:
        shutil.copyfileobj(stored, plain, COPY_BYTES)
