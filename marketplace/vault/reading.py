"""Read a stored file as if it were plain: any range, each chunk authenticated."""

import io
import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from marketplace.vault.chunks import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    DamagedFile,
    decrypt_chunk,
    decrypt_chunk_into,
    header,
    layout,
)


class SeekableDecrypted(io.RawIOBase):
    """A readable, seekable binary file over an encrypted one; `size` is in plaintext bytes.

    Opening it authenticates the end, so that a cut file is found before its first byte is used.

    Raises:
        DamagedFile: when opened or read, where the bytes are not what was written.
        FileNotFoundError: there is no such file.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        self._cipher = AESGCM(key)
        # Where there is no such file, `close` is called of an object that is half made.
        self._descriptor = -1
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._count, self.size = layout(os.fstat(self._descriptor).st_size)
            if os.pread(self._descriptor, HEADER_BYTES, 0) != header():
                raise DamagedFile("A stored file does not begin as one.")
            self._position = 0
            self._index = self._count - 1
            self._chunk = self._decrypted(self._index)
        except BaseException:
            self.close()
            raise

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        """Return the position in plaintext bytes."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a position in plaintext bytes; beyond the end nothing is read."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("A position cannot be negative.")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, unless the file ends before."""
        if self.closed:
            raise ValueError("The file is closed.")
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._position < self.size:
            index, offset = divmod(self._position, CHUNK_BYTES)
            whole = min((len(view) - filled) // CHUNK_BYTES, self._count - 1 - index)
            if not offset and whole:
                self._decrypt_into(view[filled : filled + whole * CHUNK_BYTES], index)
                filled += whole * CHUNK_BYTES
                self._position += whole * CHUNK_BYTES
                continue
            if index != self._index:
                self._chunk, self._index = self._decrypted(index), index
            piece = self._chunk[offset : offset + len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._position += len(piece)
        return filled

    def close(self) -> None:
        if not self.closed and self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        super().close()

    def _decrypt_into(self, view: memoryview, first: int) -> None:
        """Fill memory with whole chunks from the one at `first` on, none of which is the last."""
        length, count = CHUNK_BYTES + TAG_BYTES, len(view) // CHUNK_BYTES
        stored = os.pread(self._descriptor, count * length, HEADER_BYTES + first * length)
        data = memoryview(stored)
        for place in range(count):
            decrypt_chunk_into(
                self._cipher,
                data[place * length : (place + 1) * length],
                view[place * CHUNK_BYTES : (place + 1) * CHUNK_BYTES],
                index=first + place,
                is_last=False,
            )

    def _decrypted(self, index: int) -> bytes:
        length = CHUNK_BYTES + TAG_BYTES
        data = os.pread(self._descriptor, length, HEADER_BYTES + index * length)
        return decrypt_chunk(self._cipher, data, index=index, is_last=index == self._count - 1)
