"""Envelope encryption: each secret's own key is wrapped by the centre's key-encryption key."""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12


def new_key() -> bytes:
    """Make a random 256-bit key."""
    return os.urandom(KEY_BYTES)


def wrap(secret: bytes, *, purpose: str) -> bytes:
    """Encrypt a key or another short secret under the key-encryption key.

    `purpose` is authenticated: what was wrapped for one purpose opens for no other.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key_encryption_key()).encrypt(nonce, secret, purpose.encode())


def unwrap(wrapped: bytes | memoryview, *, purpose: str) -> bytes:
    """Decrypt what `wrap` made.

    Raises:
        ImproperlyConfigured: the key-encryption key is not the one it was wrapped with.
    """
    whole = bytes(wrapped)
    nonce, body = whole[:NONCE_BYTES], whole[NONCE_BYTES:]
    for key in _keys_to_open():
        try:
            return AESGCM(key).decrypt(nonce, body, purpose.encode())
        except InvalidTag:
            continue
    raise ImproperlyConfigured(
        f"The {purpose} does not open: KEY_ENCRYPTION_KEY is not the one it was made with."
    )


def derived_key(*, purpose: str, before: bool = False) -> bytes:
    """Derive a 256-bit key for one purpose from the key-encryption key (HKDF-SHA-256).

    `before` derives it from the one that is being replaced.
    """
    kept = _decoded("KEY_ENCRYPTION_KEY_BEFORE") if before else _key_encryption_key()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(kept)


def is_being_replaced() -> bool:
    """Return whether the settings name a key-encryption key from before."""
    return bool(settings.KEY_ENCRYPTION_KEY_BEFORE)


def _keys_to_open() -> tuple[bytes, ...]:
    current = _key_encryption_key()
    return (current, _decoded("KEY_ENCRYPTION_KEY_BEFORE")) if is_being_replaced() else (current,)


def _key_encryption_key() -> bytes:
    return _decoded("KEY_ENCRYPTION_KEY")


def _decoded(setting: str) -> bytes:
    try:
        key = base64.b64decode(getattr(settings, setting), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{setting} must be 32 bytes in base64.")
    return key
