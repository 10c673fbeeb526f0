"""The bytes of an entry and of its leaf: canonical JSON (RFC 8785).

The *line* is everything that an entry says. The public *leaf* says only a salted hash of the line,
its commitment, so that the log tells nobody who trades with whom, and a receipt can open it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from marketplace.ledger import merkle

SALT_BYTES = 32
ERASED = bytes(SALT_BYTES)
"""Stands where a salt was erased. No salt is drawn as all zeros."""
LARGEST_NUMBER = 2**53 - 1
VERSION = 2
"""Of leaves. Version 1 was the line itself; such leaves carry no number."""


def line_of(entry: Any) -> bytes:
    """Answer the canonical bytes of an entry, a row of the model, without its row number."""
    return canonical(
        {
            "reference": str(entry.reference),
            "kind": entry.kind,
            "subject": entry.subject,
            "about": list(entry.about),
            "person": str(entry.person_id) if entry.person_id else None,
            "organization": str(entry.organization_id) if entry.organization_id else None,
            "door": entry.door,
            "happened_at": entry.happened_at.isoformat(timespec="microseconds"),
            "payload": entry.payload,
        }
    )


def canonical(fields: dict[str, Any]) -> bytes:
    """Write fields of entries as canonical JSON.

    Texts, small whole numbers and the like under plain names are the same in Python's own JSON with
    sorted names, which is many times faster; anything else goes the long way.
    """
    if not _is_plain(fields):
        return rfc8785.dumps(fields)
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


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
    """Answer the hash of a line, which was its leaf before there were salts."""
    return merkle.leaf_hash(line)


def commitment_of(line: bytes, salt: bytes) -> str:
    """Answer the SHA-256 of a salt of 32 bytes and the line, as hexadecimal digits."""
    return hashlib.sha256(salt + line).hexdigest()


def public_leaf(commitment: str) -> bytes:
    """Answer the bytes of the leaf that everybody may read."""
    return b'{"commitment":"%b","version":%d}' % (commitment.encode(), VERSION)


def leaf_hash_of(commitment: str) -> bytes:
    """Answer the hash of the leaf of a commitment."""
    return merkle.leaf_hash(public_leaf(commitment))
