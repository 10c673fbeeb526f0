"""Who the centre is to a stranger: `did:web` where it has a domain of its own, else `did:key`."""

import ipaddress
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.conf import settings

from marketplace.credentials.data_integrity import multikey

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def has_domain() -> bool:
    """Return whether the centre stands at a name of its own, by HTTPS, as `did:web` asks."""
    host = settings.CENTRE_DOMAIN.partition(":")[0]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(settings.SECURE_SSL_REDIRECT) and "." in host
    return False


def issuer_of(public_key: str) -> str:
    """Return the identifier in whose name a key, in hexadecimal digits, signs."""
    if has_domain():
        return f"did:web:{quote(settings.CENTRE_DOMAIN, safe='')}"
    return f"did:key:{multikey(public_key)}"


def verification_method(issuer: str, public_key: str) -> str:
    """Return how a proof names the key, so that a verifier finds it."""
    return f"{issuer}#{multikey(public_key)}"


def address_of(path: str) -> str:
    """Return the whole address of a path at the centre."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{settings.CENTRE_DOMAIN}{path}"


def did_document(issuer: str, public_keys: Iterable[str]) -> dict[str, Any]:
    """Return the document of a `did:web`: every key that has signed for it, the retired too.

    A retired key signs no more, and what it has signed stays verifiable.
    """
    methods = [
        {
            "id": verification_method(issuer, key),
            "type": "Multikey",
            "controller": issuer,
            "publicKeyMultibase": multikey(key),
        }
        for key in public_keys
    ]
    return {
        "@context": CONTEXTS,
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
