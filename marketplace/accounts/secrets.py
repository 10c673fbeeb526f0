"""Secrets that go out once: only their digests are kept."""

import hashlib
import secrets


def new_secret(prefix: str) -> tuple[str, str]:
    """Make a secret of 256 random bits; return it and its digest."""
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret as hex. The secret is random, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
