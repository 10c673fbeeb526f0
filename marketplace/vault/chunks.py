"""The form of a stored file: AES-256-GCM over fixed chunks, with authenticated order and end.

After a header come the chunks, each with its tag of 16 bytes. The nonce of a chunk is its index
and a last byte that is 1 for the last chunk alone (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015). Each file has a key of its own that encrypts nothing else, so no nonce
occurs twice. A chunk in another place, a missing end and anything appended fail to decrypt.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
INDEX_BYTES = 11
MAGIC = b"DTCVAULT\x01"


class DamagedFile(OSError):
    """A stored file is not what was written: cut, changed, or encrypted with another key."""


def header(chunk_bytes: int = CHUNK_BYTES) -> bytes:
    """Return the first bytes of a file; every chunk authenticates them."""
    return MAGIC + chunk_bytes.to_bytes(4, "big")


HEADER_BYTES = len(header())


def encrypt_chunk(cipher: AESGCM, data: bytes, *, index: int, is_last: bool) -> bytes:
    return cipher.encrypt(_nonce(index, is_last), data, header())


def decrypt_chunk(cipher: AESGCM, data: bytes, *, index: int, is_last: bool) -> bytes:
    """Decrypt the chunk that stands at a place.

    Raises:
        DamagedFile: it was not encrypted for this place with this key.
    """
    try:
        return cipher.decrypt(_nonce(index, is_last), data, header())
    except InvalidTag:
        raise DamagedFile("A chunk of a stored file is not what was written.") from None


def decrypt_chunk_into(
    cipher: AESGCM, data: memoryview, place: memoryview, *, index: int, is_last: bool
) -> None:
    """Decrypt the chunk that stands at a place into memory of just its size, without a copy.

    Raises:
        DamagedFile: it was not encrypted for this place with this key.
    """
    try:
        cipher.decrypt_into(_nonce(index, is_last), data, header(), place)
    except (InvalidTag, ValueError):
        # A chunk that was cut does not fit its place.
        raise DamagedFile("A chunk of a stored file is not what was written.") from None


def layout(file_bytes: int) -> tuple[int, int]:
    """Return from the size of a stored file how many chunks and plaintext bytes it has.

    Raises:
        DamagedFile: no file has this size.
    """
    body = file_bytes - HEADER_BYTES
    count = max(1, -(-body // (CHUNK_BYTES + TAG_BYTES)))
    size = body - count * TAG_BYTES
    if size < (count - 1) * CHUNK_BYTES or (size == (count - 1) * CHUNK_BYTES and count > 1):
        raise DamagedFile("A stored file is cut.")
    return count, size


def _nonce(index: int, is_last: bool) -> bytes:
    return index.to_bytes(INDEX_BYTES, "big") + bytes([is_last])
