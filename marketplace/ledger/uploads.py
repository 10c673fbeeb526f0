"""Files that are checked and not kept: small ones in memory, a table by its digest alone."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from marketplace.ledger.verifier.verify import LARGEST_DOCUMENT

TABLE = "table"
"""The field of the form whose file may be large."""

SMALL = ("document", "trust", "status")
"""The other fields that take a file, each at most once."""

LARGEST_REST = 64 * 1024
"""What a browser sends beside the files: the token of the form, and the heads of the parts."""

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
        """Return whether all of it was looked at."""
        return (self.size or 0) <= self.limit


def largest_body() -> int:
    """Return how many bytes a whole request may have."""
    files = settings.CENTRE["UPLOAD_MAX_BYTES"] + len(SMALL) * LARGEST_DOCUMENT
    return int(files) + LARGEST_REST


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the declared length of a request is above the limit, before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not (length.isascii() and length.isdigit()) or int(length[:20]) > largest_body()


class CheckingUploadHandler(FileUploadHandler):
    """Digests each uploaded file on its way; nothing of it touches the disk.

    A part of another name, or a second one of a name, ends the reading: `has_too_many` then tells.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.begun: set[str] = set()
        self.has_too_many = False

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin the next file, or read no further."""
        super().new_file(*args, **options)
        name = self.field_name or ""
        if name in self.begun or name not in (TABLE, *SMALL):
            self.has_too_many = True
            raise StopUpload(connection_reset=True)
        self.begun.add(name)
        is_table = name == TABLE
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
        """Return the file to the form."""
        data = self.data or io.BytesIO()
        data.seek(0)
        return CheckedUpload(
            data,
            name=self.file_name or "",
            size=self.received,
            sha256=self.digest.hexdigest(),
            limit=self.limit,
        )
