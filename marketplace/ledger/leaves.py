"""The bytes of a leaf: canonical JSON (RFC 8785) of everything that an entry says."""

from __future__ import annotations

import rfc8785

from marketplace.ledger import merkle
from marketplace.ledger.models import Entry


def leaf_bytes(entry: Entry) -> bytes:
    """Answer the canonical bytes of an entry, without its row number."""
    return rfc8785.dumps(
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


def entry_digest(entry: Entry) -> str:
    """Answer the leaf hash of an entry as hex."""
    return merkle.leaf_hash(leaf_bytes(entry)).hex()
