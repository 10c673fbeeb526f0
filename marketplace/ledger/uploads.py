"""Files that are checked and not kept: small ones in memory, a table by its digest alone."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from marketplace.ledger.verifier.verify import LARGEST_DOCUMENT

TABLE = "table"
"""The field of the form whose file may be large."""

if TYPE_CHECKING:
    Base = UploadedFile[bytes]
else:
    Base = UploadedFile


class CheckedUpload(Base):
    """An uploaded file of which there is its SHA-256 and, where it is no table, its bytes.

    `is_whole` is False where it was larger than allowed; then neither counts.
    """

    def __init__(self, data: io.BytesIO, *, name: str, size: int, sha256: str, limit: int) -> None:
        super().__init__(data, name, "application/octet-stream", size, None)
        self.sha256 = sha256
        self.limit = limit

    @property
    def is_whole(self) -> bool:
        """Tell whether all of it was looked at."""
        return (self.size or 0) <= self.limit


class CheckingUploadHandler(FileUploadHandler):
    """Digests each uploaded file on its way; nothing of it touches the disk."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **options)
        is_table = self.field_name == TABLE
        self.limit = settings.CENTRE["UPLOAD_MAX_BYTES"] if is_table else LARGEST_DOCUMENT
        self.received = 0
        self.digest = hashlib.sha256()
        self.data = None if is_table else io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Digest the next bytes; read on but look at nothing once it is too large."""
        self.received += len(raw_data)
        if self.received > self.limit:
            return
        self.digest.update(raw_data)
        if self.data is not None:
            self.data.write(raw_data)

    def file_complete(self, file_size: int) -> CheckedUpload:
        """Answer the file to the form."""
        data = self.data or io.BytesIO()
        data.seek(0)
        return CheckedUpload(
            data,
            name=self.file_name or "",
            size=self.received,
            sha256=self.digest.hexdigest(),
            limit=self.limit,
        )
