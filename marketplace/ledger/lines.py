"""The bytes of an entry and of its leaf: canonical JSON (RFC 8785).

The *line* is everything that an entry says. The public *leaf* says only a salted hash of the line,
its commitment, so that the log tells nobody who trades with whom, and a receipt can open it.
"""

import hashlib
import json
from datetime import datetime
from json.encoder import encode_basestring as quoted
from typing import Any
from uuid import UUID

import rfc8785

from marketplace.ledger import merkle
from marketplace.ledger.models import Salts, Seal

SALT_BYTES = 32
ERASED = bytes(SALT_BYTES)
"""Stands where a salt was erased. No salt is drawn as all zeros."""
LARGEST_NUMBER = 2**53 - 1
COLUMNS = (
    "reference",
    "kind",
    "subject",
    "about",
    "person_id",
    "organization_id",
    "door",
    "happened_at",
    "payload",
)
"""Of an entry, all that its line says."""
VERSION = 2
"""Of leaves. Version 1 was the line itself; such leaves carry no number."""
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def line_of(entry: Any) -> bytes:
    """Return the canonical bytes of an entry, a row of the model, without its row number."""
    return line_from(*(getattr(entry, column) for column in COLUMNS))


def line_from(
    reference: UUID,
    kind: str,
    subject: str,
    about: Any,
    person: UUID | None,
    organization: UUID | None,
    door: str,
    happened_at: datetime,
    payload: Any,
) -> bytes:
    """Return the canonical bytes of an entry from the values of its `COLUMNS`.

    They are empty where no act can have recorded the values: a number beyond what JSON's readers
    agree on, written by a hand on the database. That is the line of no entry.
    """
    try:
        written = (
            f'{{"about":{_text(about)},"door":{quoted(door)},'
            f'"happened_at":"{happened_at.isoformat(timespec="microseconds")}",'
            f'"kind":{quoted(kind)},"organization":{_identifier(organization)},'
            f'"payload":{_text(payload)},"person":{_identifier(person)},'
            f'"reference":"{reference}","subject":{quoted(subject)}}}'
        )
        return written.encode()
    except ValueError:
        return b""


def canonical(value: Any) -> bytes:
    """Write a value of an entry as canonical JSON.

    Raises:
        ValueError: JSON's readers would not agree on it.
    """
    return _text(value).encode()


def _text(value: Any) -> str:
    """Write canonical JSON.

    Texts, small whole numbers and the like under plain names are the same in Python's own JSON with
    sorted names, which is many times faster; anything else goes the long way.
    """
    return _ENCODER.encode(value) if _is_plain(value) else rfc8785.dumps(value).decode()


def _identifier(value: UUID | None) -> str:
    return "null" if value is None else f'"{value}"'


def _is_plain(value: object) -> bool:
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return -LARGEST_NUMBER <= value <= LARGEST_NUMBER
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, dict) and all(
        isinstance(name, str) and name.isascii() and _is_plain(item) for name, item in value.items()
    )


def digest_of(line: bytes) -> bytes:
    """Return the hash of a line, which was its leaf before there were salts."""
    return merkle.leaf_hash(line)


def commitment_of(line: bytes, salt: bytes) -> str:
    """Return the SHA-256 of a salt of 32 bytes and the line, as hexadecimal digits."""
    return hashlib.sha256(salt + line).hexdigest()


def public_leaf(commitment: str) -> bytes:
    """Return the bytes of the leaf that everybody may read."""
    return b'{"commitment":"%b","version":%d}' % (commitment.encode(), VERSION)


def leaf_hash_of(commitment: str) -> bytes:
    return merkle.leaf_hash(public_leaf(commitment))


# The salts that open the commitments of the leaves; whoever erases one closes it for good.


def salt_of(seal: Seal) -> bytes:
    """Return the salt of a leaf; empty where it was erased or never was."""
    if seal.commitment is None:
        return b""
    row = Salts.objects.filter(first_leaf__lte=seal.leaf_index).order_by("-first_leaf").first()
    return taken_from(row, seal.leaf_index) if row is not None else b""


def salts_between(first: int, end: int) -> dict[int, bytes]:
    """Return the salts of a range of leaves that are there."""
    start = Salts.objects.filter(first_leaf__lte=first).order_by("-first_leaf").first()
    rows = Salts.objects.filter(first_leaf__gt=first, first_leaf__lt=end).order_by("first_leaf")
    answer: dict[int, bytes] = {}
    for row in [*([start] if start else []), *rows]:
        for leaf in range(row.first_leaf, row.first_leaf + len(row.salts) // SALT_BYTES):
            if salt := taken_from(row, leaf):
                answer[leaf] = salt
    return answer


def taken_from(row: Salts, leaf: int) -> bytes:
    """Return the salt of a leaf in a row; empty where it was erased or lies elsewhere."""
    start = (leaf - row.first_leaf) * SALT_BYTES
    salt = bytes(row.salts)[start : start + SALT_BYTES]
    return b"" if salt == ERASED else salt


def without(row: Salts, leaf: int) -> bytes:
    """Return the salts of a row with that of a leaf erased."""
    start = (leaf - row.first_leaf) * SALT_BYTES
    salts = bytes(row.salts)
    return salts[:start] + ERASED + salts[start + SALT_BYTES :]
