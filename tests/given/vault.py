"""Uploads, made as the site's upload handler makes them."""

from __future__ import annotations

from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.uploads import EncryptedUpload


def upload(content: bytes | str, *, name: str = "file.csv", kind: str = "") -> EncryptedUpload:
    """Return an upload of these bytes."""
    data = content.encode() if isinstance(content, str) else content
    return EncryptedUpload(
        encrypt_stream([data]), name=name, content_type=kind, size=len(data), limit=len(data)
    )


def scan(said: str, *, name: str = "scan.pdf") -> EncryptedUpload:
    """Return an upload that is a PDF by its first bytes and its name."""
    return upload(f"%PDF-1.7 {said}", name=name)
