"""The code that shows an entry to come from an act of the centre, not from a hand on the database.

Its key follows from the key-encryption key, which is never in the database.
"""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from marketplace.core import envelope

PURPOSE = "ledger entry authentication"


def mac_of(line: bytes) -> str:
    """Return the HMAC-SHA-256 of an entry's line, as hexadecimal digits."""
    return hmac.digest(_key(settings.KEY_ENCRYPTION_KEY), line, hashlib.sha256).hex()


def is_authentic(line: bytes, mac: str | None) -> bool:
    """Return whether a code is that of the line, by the key in use or the one being replaced."""
    if mac is None:
        return False
    if hmac.compare_digest(mac_of(line).encode(), mac.encode()):
        return True
    if not envelope.is_being_replaced():
        return False
    before = envelope.derived_key(purpose=PURPOSE, before=True)
    return hmac.compare_digest(hmac.digest(before, line, hashlib.sha256).hex(), mac)


@lru_cache(maxsize=2)
def _key(key_encryption_key: str) -> bytes:
    """Derive the key once for each key-encryption key that the settings name."""
    return envelope.derived_key(purpose=PURPOSE)
