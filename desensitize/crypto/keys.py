"""Keys for pseudonyms, derived from one master key."""

import re
import secrets
from pathlib import Path
from typing import NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desensitize.errors import DesensitizeError

MASTER_BYTES = 32
CONTEXT = b"desensitize/key/v1"


class Key:
    """Hold one derived key for a kernel inside a plan; it is never serialized and never shown."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    def reveal(self) -> bytes:
        """Return the bytes of the key, for a cipher."""
        return self._content

    def __repr__(self) -> str:
        return "Key(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is never serialized.")


class KeyRing:
    """Derive a key per (dataset, column, recipient, purpose) from one 32-byte master key.

    HKDF-SHA256 (RFC 5869). Two recipients' pseudonyms cannot be joined; the same recipient's can,
    across versions of a dataset. `release` names one file that is handed out: only the order of
    its rows depends on it. A key ring is never serialized and never shown.
    """

    __slots__ = ("_master", "dataset", "recipient", "release")

    def __init__(
        self, master: bytes, *, dataset: str = "", recipient: str = "", release: str = ""
    ) -> None:
        if not isinstance(master, bytes) or len(master) != MASTER_BYTES:
            raise DesensitizeError("bad-key")
        self._master = master
        self.dataset = dataset
        self.recipient = recipient
        self.release = release

    @classmethod
    def generate(cls, *, dataset: str = "", recipient: str = "") -> "KeyRing":
        """Make a key ring with a fresh random master key that nobody else knows."""
        return cls(secrets.token_bytes(MASTER_BYTES), dataset=dataset, recipient=recipient)

    @classmethod
    def from_file(
        cls, path: Path, *, dataset: str = "", recipient: str = "", release: str = ""
    ) -> "KeyRing":
        """Read a master key of 32 raw bytes or 64 hexadecimal digits.

        Raises:
            DesensitizeError: `bad-key` when the file holds neither.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DesensitizeError("bad-key") from error
        if len(content) != MASTER_BYTES and re.fullmatch(rb"\s*[0-9a-fA-F]{64}\s*", content):
            content = bytes.fromhex(content.decode("ascii").strip())
        return cls(content, dataset=dataset, recipient=recipient, release=release)

    def key(self, *, column: str, purpose: str, length: int = 32) -> bytes:
        """Derive the key of `length` bytes for one column and purpose."""
        info = CONTEXT
        for part in (self.dataset, column, self.recipient, purpose):
            encoded = part.encode("utf-8")
            # A length before each part keeps ("ab", "c") and ("a", "bc") apart.
            info += len(encoded).to_bytes(4, "big") + encoded
        return HKDF(SHA256(), length, salt=None, info=info).derive(self._master)

    def handle(self, *, column: str, purpose: str, length: int = 32) -> Key:
        """Derive a key in a form that a plan may hold."""
        return Key(self.key(column=column, purpose=purpose, length=length))

    def order_handle(self) -> Key:
        """Derive the key of the order of rows: another for each recipient and each release."""
        return self.handle(column="", purpose=f"order:{self.release}")

    def __repr__(self) -> str:
        return (
            f"KeyRing(dataset={self.dataset!r}, recipient={self.recipient!r}, "
            f"release={self.release!r}, master=hidden)"
        )

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key ring is never serialized.")
