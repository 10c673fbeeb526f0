"""The key that signs credentials."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction

from marketplace.core import envelope
from marketplace.credentials.models import SigningKey

PURPOSE = "credential signing key"


def current_key() -> SigningKey:
    """Answer the key in use; make the first one where there is none."""
    key = SigningKey.objects.filter(retired_at=None).first()
    if key is not None:
        return key
    private = Ed25519PrivateKey.generate()
    try:
        with transaction.atomic():
            return SigningKey.objects.create(
                public_key=private.public_key().public_bytes_raw().hex(),
                wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
            )
    except IntegrityError:
        # Another transaction made the first key at the same time, and has committed.
        return SigningKey.objects.get(retired_at=None)


def sign(key: SigningKey, data: bytes) -> str:
    """Sign bytes with Ed25519; answer the signature in hexadecimal digits."""
    private = Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )
    return private.sign(data).hex()
