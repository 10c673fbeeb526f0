"""Files that hold keys under a passphrase."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core import Invalid

FORMAT = "centre-keys/1"
KEY_ENCRYPTION_KEY = "key_encryption_key"
COST, BLOCK, LANES = 2**17, 8, 1
"""Of scrypt, as OWASP asks: 128 MB and about half a second a guess."""
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SHORTEST_PASSPHRASE = 12


def closed(kept: Mapping[str, Any], *, passphrase: str) -> bytes:
    """Encrypt keys and the key-encryption key; the file says of which centre it is.

    Raises:
        Invalid: the passphrase is short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Invalid(
            _("A passphrase of a key backup has at least %(count)d characters.")
            % {"count": SHORTEST_PASSPHRASE},
            code="passphrase-short",
        )
    centre = settings.CENTRE_DOMAIN
    content = rfc8785.dumps({**kept, KEY_ENCRYPTION_KEY: settings.KEY_ENCRYPTION_KEY})
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    body = AESGCM(_key(passphrase, salt)).encrypt(nonce, content, _bound(centre))
    written = rfc8785.dumps(
        {
            "format": FORMAT,
            "centre": centre,
            "body": base64.b64encode(salt + nonce + body).decode(),
        }
    )
    return written + b"\n" + hashlib.sha256(written).hexdigest().encode() + b"\n"


def content_of(data: bytes, *, passphrase: str) -> dict[str, Any]:
    """Return the keys in a file of this centre, and the key-encryption key.

    Raises:
        Invalid: it is damaged, of another kind or centre, or the passphrase is another.
    """
    written, _newline, digest = data.removesuffix(b"\n").partition(b"\n")
    is_whole = data.endswith(b"\n") and digest == hashlib.sha256(written).hexdigest().encode()
    if not is_whole:
        raise Invalid(
            _("This is no key backup, or it was damaged: its check sum does not fit."),
            code="backup-damaged",
        )
    found = _parsed(written)
    if found.get("format") != FORMAT:
        raise Invalid(_("This key backup is of a kind that is not known."), code="backup-unknown")
    centre = settings.CENTRE_DOMAIN
    if found.get("centre") != centre:
        raise Invalid(
            _("This key backup is of another centre, %(centre)s.")
            % {"centre": str(found.get("centre"))[:100]},
            code="backup-of-another-centre",
        )
    sealed = base64.b64decode(str(found.get("body")))
    salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    nonce, body = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        content = AESGCM(_key(passphrase, salt)).decrypt(nonce, body, _bound(centre))
    except (InvalidTag, ValueError):
        raise Invalid(
            _("The passphrase does not open this key backup."), code="passphrase-wrong"
        ) from None
    return dict(json.loads(content))


def _parsed(written: bytes) -> dict[str, Any]:
    try:
        found = json.loads(written)
        base64.b64decode(found["body"], validate=True)
    except (ValueError, TypeError, KeyError):
        found = {}
    return dict(found)


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, KEY_BYTES, COST, BLOCK, LANES).derive(passphrase.encode())


def _bound(centre: str) -> bytes:
    return f"{FORMAT} {centre}".encode()
