"""Encrypt bytes while they come in, before it is known whether they will be kept."""

import hashlib
import os
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from marketplace.core.envelope import new_key
from marketplace.vault.chunks import CHUNK_BYTES, encrypt_chunk, header
from marketplace.vault.places import held_file, incoming_folder
from marketplace.vault.reading import SeekableDecrypted

READ_BYTES = 1024 * 1024


class Incoming:
    """A file on its way into the vault: written once, then kept or discarded.

    Its key is only in memory: what a crash leaves behind can never be read, and is cleared at the
    next start. `size` and `sha256` are those of the plaintext.
    """

    def __init__(self) -> None:
        self.key = new_key()
        self.size = 0
        self._digest = hashlib.sha256()
        self._cipher = AESGCM(self.key)
        self._waiting = bytearray()
        self._index = 0
        self.path, descriptor = held_file(incoming_folder())
        self._file = os.fdopen(descriptor, "wb")
        self._forget = weakref.finalize(self, _forget, self.path, self._file)
        # A forked process must not end what its parent still works on.
        self._forget.atexit = False
        self._file.write(header())

    @property
    def sha256(self) -> str:
        """Return the digest of what was written so far, in hexadecimal digits."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        self._waiting += data
        # One full chunk is held back: only at the end is it known which one is the last.
        while len(self._waiting) > CHUNK_BYTES:
            self._write_chunk(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]

    def finish(self) -> None:
        """Write the last chunk and bring all to the disk. The hold on the file remains."""
        self._write_chunk(bytes(self._waiting), is_last=True)
        self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())

    def opened(self) -> SeekableDecrypted:
        return SeekableDecrypted(self.path, self.key)

    def move_to(self, place: Path) -> None:
        """Give the file its place in the vault; its folder must be on the same disk."""
        os.replace(self.path, place)
        self._forget()

    def discard(self) -> None:
        """Forget the file, unless it was moved; done by itself when nobody refers to it."""
        self._forget()

    def _write_chunk(self, data: bytes, *, is_last: bool) -> None:
        self._file.write(encrypt_chunk(self._cipher, data, index=self._index, is_last=is_last))
        self._index += 1


def _forget(path: Path, file: BinaryIO) -> None:
    path.unlink(missing_ok=True)
    file.close()


def encrypt_stream(chunks: Iterable[bytes]) -> Incoming:
    """Encrypt a stream of bytes into an incoming file; the caller keeps or discards it."""
    incoming = Incoming()
    try:
        for chunk in chunks:
            incoming.write(chunk)
        incoming.finish()
    except BaseException:
        incoming.discard()
        raise
    return incoming


def encrypt_path(path: Path) -> Incoming:
    """Encrypt a file of a work folder into an incoming file; the caller keeps or discards it."""
    with path.open("rb") as file:
        return encrypt_stream(iter(lambda: file.read(READ_BYTES), b""))
