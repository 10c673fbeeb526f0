"""Documents as canonical JSON (RFC 8785), and the proof that earlier ones carry (RFC 8032)."""

import hashlib
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from marketplace.ledger.verifier.verify import Refused, parse_json

MAX_BYTES = 256 * 1024
"""More than any certificate of ours has."""

PROOF_TYPE = "Ed25519"
CANONICALIZATION = "RFC8785"


class Malformed(ValueError):
    """What was given is not a document of ours; says nothing about whose it is."""


def unsigned(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document without its proof."""
    return {name: value for name, value in document.items() if name != "proof"}


def signed_bytes(document: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes that the proof signs.

    Raises:
        Malformed: the document holds what canonical JSON cannot, such as huge numbers.
    """
    return canonical_bytes(unsigned(document))


def canonical_bytes(value: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON (RFC 8785) of an object.

    Raises:
        Malformed: it holds what canonical JSON cannot, such as huge numbers.
    """
    try:
        return rfc8785.dumps(dict(value))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError):
        raise Malformed("The document has no canonical form.") from None


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the signed bytes, in hexadecimal digits."""
    return hashlib.sha256(signed_bytes(document)).hexdigest()


def earlier_proof(*, public_key: str, signature: str) -> dict[str, Any]:
    """Return the proof of a document from before `eddsa-jcs-2022`; all in hexadecimal digits."""
    return {
        "type": PROOF_TYPE,
        "canonicalization": CANONICALIZATION,
        "public_key": public_key,
        "signature": signature,
    }


def signature_fits(data: bytes, *, public_key: str, signature: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_document(data: bytes) -> dict[str, Any]:
    """Parse what somebody sent as a document.

    Two equal keys, NaN and the like are refused: what one reader sees there another does not.

    Raises:
        Malformed: it is no JSON object, or one that could be read in two ways.
    """
    if len(data) > MAX_BYTES:
        raise Malformed("The document is too large.")
    try:
        parsed = parse_json(data.removeprefix(BOM_UTF8))
    except Refused:
        raise Malformed("The document is no JSON that reads in one way.") from None
    if not isinstance(parsed, dict):
        raise Malformed("The document is no JSON object.")
    return parsed
