"""Data Integrity proofs by the suite `eddsa-jcs-2022`: RFC 8785, SHA-256 and Ed25519.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from marketplace.credentials.documents import Malformed, canonical_bytes, unsigned
from marketplace.credentials.multibase import base58btc, from_base58btc

SUITE = "eddsa-jcs-2022"
PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes to sign: the hash of the proof's options, then that of the document.

    Raises:
        Malformed: one of them has no canonical form.
    """
    return (
        hashlib.sha256(canonical_bytes(options)).digest()
        + hashlib.sha256(canonical_bytes(unsigned(document))).digest()
    )


def proof_options(
    document: Mapping[str, Any], *, verification_method: str, created: str
) -> dict[str, Any]:
    """Return a proof without its value; it repeats the document's context, as the suite asks."""
    options: dict[str, Any] = {
        "type": PROOF_TYPE,
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    return options


def proof_of(
    document: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    sign: Callable[[bytes], bytes],
) -> dict[str, Any]:
    """Sign a document with what makes an Ed25519 signature; return the whole proof.

    Raises:
        Malformed: the document has no canonical form.
    """
    return {**options, "proofValue": base58btc(sign(hash_data(document, options)))}


def proof_fits(secured: Mapping[str, Any], *, public_key: str) -> bool:
    """Return whether a document's proof was made with an Ed25519 key, in hexadecimal digits."""
    proof = secured.get("proof")
    if not isinstance(proof, Mapping) or not isinstance(proof.get("proofValue"), str):
        return False
    if (proof.get("type"), proof.get("cryptosuite")) != (PROOF_TYPE, SUITE):
        return False
    if proof.get("proofPurpose") != PURPOSE:
        return False
    if "@context" in proof and proof["@context"] != secured.get("@context"):
        return False
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = from_base58btc(proof["proofValue"])
        if base58btc(signature) != proof["proofValue"]:
            return False
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, hash_data(secured, options))
    except (InvalidSignature, Malformed, ValueError):
        return False
    return True
