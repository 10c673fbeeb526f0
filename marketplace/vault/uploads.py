"""Uploads that are encrypted while they arrive: their plaintext never touches the disk."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.papers import check_paper
from marketplace.vault.services import keep_incoming

PAPERS = (Purpose.EVIDENCE, Purpose.DOCUMENT)
"""What people are asked to open and read."""


if TYPE_CHECKING:
    Base = UploadedFile[bytes]
else:
    Base = UploadedFile


class EncryptedUpload(Base):
    """An uploaded file whose bytes lie encrypted in the vault's incoming folder.

    `incoming` is None where the file was larger than `limit`; then nothing of it was stored. `sent`
    counts the bytes that came.
    """

    def __init__(
        self, incoming: Incoming | None, *, name: str, content_type: str, size: int, limit: int
    ) -> None:
        raw = incoming.opened() if incoming else io.BytesIO()
        kind = content_type or "application/octet-stream"
        super().__init__(io.BufferedReader(raw), name, kind, size, None)
        self.incoming = incoming
        self.sent = size
        self.limit = limit

    def received(self) -> Incoming:
        """Return the encrypted file.

        Raises:
            Invalid: more was sent than is allowed.
        """
        if self.incoming is None:
            sentence = _(
                "The file has %(size)s; at most %(limit)s are allowed. Split it into parts."
            ) % {"size": filesizeformat(self.sent), "limit": filesizeformat(self.limit)}
            raise Invalid(sentence, code="too-large", fields={"upload": [sentence]})
        return self.incoming

    def received_evidence(self) -> Incoming:
        """Return the encrypted file, in which something is shown.

        Raises:
            Invalid: it is empty, or more was sent than is allowed.
        """
        incoming = self.received()
        if incoming.size == 0:
            sentence = _("The file is empty. Choose the file that shows it.")
            raise Invalid(sentence, code="evidence-empty", fields={"upload": [sentence]})
        return incoming

    def close(self) -> None:
        """Close the file and forget it, unless it was kept; Django calls it after the request."""
        super().close()
        if self.incoming is not None:
            self.incoming.discard()


class EncryptingUploadHandler(FileUploadHandler):
    """Encrypts each uploaded file on its way; reads on but stores nothing once it is too large."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        self.limit = settings.CENTRE["UPLOAD_MAX_BYTES" if signed_in else "STRANGER_MAX_BYTES"]
        self.received = 0
        self.incoming: Incoming | None = Incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > self.limit:
            self._forget()
        if self.incoming is not None:
            self.incoming.write(raw_data)

    def file_complete(self, file_size: int) -> EncryptedUpload:
        """Return the file to the form."""
        if self.incoming is not None:
            self.incoming.finish()
        upload = EncryptedUpload(
            self.incoming,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=self.received,
            limit=self.limit,
        )
        self.incoming = None
        return upload

    def upload_interrupted(self) -> None:
        """Forget a file whose sender went away."""
        self._forget()

    def _forget(self) -> None:
        incoming = getattr(self, "incoming", None)
        if incoming is not None:
            incoming.discard()
        self.incoming = None


def upload_of_path(path: Path, *, name: str = "", content_type: str = "") -> EncryptedUpload:
    """Make an upload of a file on this machine, for commands; the caller closes it."""
    limit = settings.CENTRE["UPLOAD_MAX_BYTES"]
    size = path.stat().st_size
    return EncryptedUpload(
        encrypt_path(path) if size <= limit else None,
        name=name or path.name,
        content_type=content_type,
        size=size,
        limit=limit,
    )


def keep_upload(
    upload: EncryptedUpload, *, purpose: Purpose, organization_id: UUID, by: Actor
) -> StoredFile:
    """Keep an uploaded file as it is. Called by another act, in its transaction.

    Raises:
        Invalid: it was larger than allowed, or is evidence of a kind that nobody is asked to open.
        NotAllowed: the actor may not store files for this organization.
    """
    incoming = upload.received()
    if purpose in PAPERS:
        check_paper(incoming, upload.name or "")
    return keep_incoming(
        incoming,
        name=upload.name or "",
        purpose=purpose,
        organization_id=organization_id,
        content_type=upload.content_type or "",
        by=by,
    )
