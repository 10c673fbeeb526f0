"""The keys that sign credentials: made at the first need, rotated, retired."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import clock, envelope
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.credentials.events import SigningKeyCreated, SigningKeyRetired
from marketplace.credentials.models import SigningKey
from marketplace.ledger.services.recording import record

PURPOSE = "credential signing key"


@transaction.atomic(savepoint=False)
def current_key(*, by: Actor) -> SigningKey:
    """Return the key in use; make the first one where there is none."""
    key = SigningKey.objects.filter(retired_at=None).first()
    if key is not None:
        return key
    try:
        with transaction.atomic():
            return _made(by)
    except IntegrityError:
        # Another transaction made the first key at the same time, and has committed.
        return SigningKey.objects.get(retired_at=None)


@transaction.atomic
def rotate_signing_key(*, by: Actor) -> SigningKey:
    """Retire the key in use and make another; what the old one signed stays verifiable.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
    """
    _retire(by)
    return _made(by)


@transaction.atomic
def retire_signing_key(*, by: Actor) -> SigningKey | None:
    """Retire the key in use; the next credential makes another. Answer None where there is none.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
    """
    return _retire(by)


def sign(key: SigningKey, data: bytes) -> bytes:
    """Sign bytes with Ed25519.

    A retired key still signs the status lists of what it has signed under a `did:key`.
    """
    private = Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )
    return private.sign(data)


def _retire(by: Actor) -> SigningKey | None:
    if not by.is_system:
        raise NotAllowed(_("Signing keys are changed by the commands of whoever runs the centre."))
    key = SigningKey.objects.select_for_update().filter(retired_at=None).first()
    if key is None:
        return None
    key.retired_at = clock.now()
    key.save(update_fields=["retired_at"])
    record(SigningKeyRetired(subject=f"signing_key:{key.pk}", public_key=key.public_key), by=by)
    return key


def _made(by: Actor) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    key = SigningKey.objects.create(
        public_key=private.public_key().public_bytes_raw().hex(),
        wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
    )
    record(SigningKeyCreated(subject=f"signing_key:{key.pk}", public_key=key.public_key), by=by)
    return key
