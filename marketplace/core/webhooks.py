"""Signatures of Standard Webhooks 1.0.0 with a shared secret, which both sides of a message need.

The library of the standard signs.
"""

import base64
import binascii
import os
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
SECRET_BYTES = 32
LEAST_SECRET_BYTES = 24


def new_secret() -> str:
    """Make a random secret of 256 bits, as it is written."""
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def secret_bytes(written: str) -> bytes:
    """Return the bytes of a secret that is written `whsec_…`.

    Raises:
        ValueError: it is none, or shorter than 192 bits.
    """
    if not written.startswith(PREFIX):
        raise ValueError("A secret is written whsec_ and Base64.")
    try:
        secret = base64.b64decode(written.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("What follows whsec_ is no Base64.") from None
    if len(secret) < LEAST_SECRET_BYTES:
        raise ValueError(f"A secret has at least {LEAST_SECRET_BYTES} bytes.")
    return secret


def signature(secret: bytes, message_id: str, sent_at: int, body: bytes) -> str:
    """Return a message's signature as the header holds it; `sent_at` in seconds since 1970.

    Raises:
        UnicodeDecodeError: the body is no UTF-8, which the library does not sign.
    """
    at = datetime.fromtimestamp(sent_at, UTC)
    return Webhook(secret).sign(message_id, at, body.decode())
