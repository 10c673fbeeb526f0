"""The key that signs tree heads."""

from __future__ import annotations

from datetime import UTC, datetime

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from marketplace.core import envelope
from marketplace.ledger import notes
from marketplace.ledger.models import Head, SigningKey

PURPOSE = "ledger signing key"


def current_key() -> SigningKey:
    """Answer the key in use; make the first one where there is none.

    Called under the sealer's lock, so two first keys cannot be made at once.
    """
    key = SigningKey.objects.filter(retired_at=None).order_by("created_at").last()
    if key is not None:
        return key
    private = Ed25519PrivateKey.generate()
    return SigningKey.objects.create(
        public_key=private.public_key().public_bytes_raw().hex(),
        wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
    )


def opened(key: SigningKey) -> Ed25519PrivateKey:
    """Answer the private half of a key.

    Raises:
        ImproperlyConfigured: the key-encryption key is not the one it was wrapped with.
    """
    return Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )


def head_bytes(tree_size: int, root_hash: str, sealed_at: datetime) -> bytes:
    """Answer the canonical bytes that are signed for a head."""
    return rfc8785.dumps(
        {
            "tree_size": tree_size,
            "root_hash": root_hash,
            "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
    )


def head_is_signed(head: Head) -> bool:
    """Tell whether the head's signature is its key's."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key.public_key))
    try:
        public.verify(
            bytes.fromhex(head.signature),
            head_bytes(head.tree_size, head.root_hash, head.sealed_at),
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def checkpoint_fits(head: Head, note: str) -> bool:
    """Tell whether a note says what the head says, and is signed by the head's key."""
    try:
        parsed = notes.parse_note(note)
        tree = notes.parse_tree(parsed.text)
    except notes.BrokenNote:
        return False
    verifier = notes.Verifier(tree.origin, bytes.fromhex(head.key.public_key))
    return (
        (tree.size, tree.root.hex()) == (head.tree_size, head.root_hash)
        and len(parsed.signatures) == 1
        and verifier.has_signed(parsed)
    )
