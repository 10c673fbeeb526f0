"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 0x01
COSIGNATURE = 0x04
DASH = "—"
MAX_SIGNATURES = 64
MOST_DIGITS = 18
HANDOVER = "key handover"
"""Stands where a checkpoint has a number, so that neither is taken for the other."""


class BrokenNote(ValueError):
    """What was given is no signed note, or no checkpoint; says nothing about whose it is."""


@dataclass(frozen=True)
class Signature:
    """A signature line: who signed, the short id of the key, and the signature's bytes."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True)
class Note:
    """A text that ends with a newline, and the lines that sign it."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Tree:
    """What the text of a checkpoint says."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Verifier:
    """A public key under the name that stands on its signature lines."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that begin each of its signatures."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(data).digest()[:4]

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read a verifier key, as `str` writes it.

        Raises:
            BrokenNote: it is none, or its id is not that of its key.
        """
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        data = decoded(encoded)
        if len(data) != 33 or data[0] not in (ED25519, COSIGNATURE) or not name:
            raise BrokenNote("This is no verifier key for Ed25519.")
        found = cls(name, data[1:], data[0])
        if found.key_id.hex() != key_id:
            raise BrokenNote("The id in this verifier key is not that of its key.")
        return found

    def has_signed(self, note: Note) -> bool:
        """Return whether a line of the note is a right signature by this key."""
        own = [s for s in note.signatures if (s.name, s.key_id) == (self.name, self.key_id)]
        return bool(own) and all(self._fits(note.text, signature.data) for signature in own)

    def _fits(self, text: str, data: bytes) -> bool:
        message = text.encode()
        if self.kind == COSIGNATURE:
            if len(data) != 72:
                return False
            message = cosigned_message(text, int.from_bytes(data[:8], "big"))
            data = data[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(data, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def checkpoint_text(tree: Tree) -> str:
    return f"{tree.origin}\n{tree.size}\n{base64.b64encode(tree.root).decode()}\n"


def sign(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """Return the signature line of a text, with its newline."""
    verifier = Verifier(name, key.public_key().public_bytes_raw())
    return _line(verifier, key.sign(text.encode()))


def handover(old: Verifier, new: Verifier, *, key: Ed25519PrivateKey) -> str:
    """Return the note by which a log's key, whose private half signs, names the one after it."""
    text = f"{old.name}\n{HANDOVER}\n{old}\n{new}\n"
    return f"{text}\n{sign(text, name=old.name, key=key)}"


def cosign(text: str, *, name: str, key: Ed25519PrivateKey, seconds: int) -> str:
    """Return the cosignature line of a witness at a time in seconds since 1970."""
    verifier = Verifier(name, key.public_key().public_bytes_raw(), COSIGNATURE)
    signature = key.sign(cosigned_message(text, seconds))
    return _line(verifier, seconds.to_bytes(8, "big") + signature)


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return the bytes that a witness signs."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def parse_note(note: str) -> Note:
    """Read a signed note.

    Raises:
        BrokenNote: it is none.
    """
    text, separator, lines = note.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise BrokenNote("A signed note has a text, an empty line and signature lines.")
    if any(ord(character) < 32 and character != "\n" for character in note):
        raise BrokenNote("A signed note has no control characters.")
    found = lines[:-1].split("\n")
    if len(found) > MAX_SIGNATURES:
        raise BrokenNote("The note has too many signatures.")
    return Note(text + "\n", tuple(_signature(line) for line in found))


def parse_tree(text: str) -> Tree:
    """Read the text of a checkpoint.

    Raises:
        BrokenNote: it is none.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BrokenNote("A checkpoint has an origin, a size and a root.")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit() and len(size) <= MOST_DIGITS) or (
        str(int(size)) != size
    ):
        raise BrokenNote("The size of the tree is not a plain number.")
    hashed = decoded(root)
    if len(hashed) != 32:
        raise BrokenNote("The root is not 32 bytes.")
    return Tree(origin, int(size), hashed)


def decoded(text: str) -> bytes:
    """Decode base64 that is written in the one right way.

    Raises:
        BrokenNote: it is not.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BrokenNote("This is no base64.") from None
    if base64.b64encode(data).decode() != text:
        raise BrokenNote("This base64 could be written shorter.")
    return data


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH or not parts[1] or "+" in parts[1]:
        raise BrokenNote("A signature line has a dash, a name and a signature.")
    data = decoded(parts[2])
    if len(data) < 5:
        raise BrokenNote("A signature is too short.")
    return Signature(parts[1], data[:4], data[4:])


def _line(verifier: Verifier, signature: bytes) -> str:
    encoded = base64.b64encode(verifier.key_id + signature).decode()
    return f"{DASH} {verifier.name} {encoded}\n"
