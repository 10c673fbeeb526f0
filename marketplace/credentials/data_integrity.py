"""Keys and signatures as texts: base58btc multibase, and the Multikey form of Ed25519 keys.

Source: W3C Controlled Identifiers 1.0, sections 2.4 and 2.2.2.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from marketplace.credentials.documents import Malformed, canonical_bytes, unsigned

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"
"""The multicodec prefix of an Ed25519 public key."""


def base58btc(data: bytes) -> str:
    """Write bytes in base58 with the alphabet of Bitcoin, after the multibase letter `z`."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return "z" + ALPHABET[0] * zeros + digits


LONGEST = 128
"""More letters than a key or a signature comes to; to read base58 costs the square of them."""


def from_base58btc(text: str) -> bytes:
    """Read what `base58btc` writes of a key or a signature.

    Raises:
        ValueError: it is written otherwise, or is too long to be either.
    """
    if text[:1] != "z" or len(text) > LONGEST:
        raise ValueError("This is no base58btc multibase text of a key or a signature.")
    number = 0
    for character in text[1:]:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - 1 - len(text[1:].lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public_key: str) -> str:
    """Write an Ed25519 public key, given in hexadecimal digits, as a Multikey: `z6Mk…`."""
    return base58btc(ED25519_PUBLIC + bytes.fromhex(public_key))


# Data Integrity proofs by the suite `eddsa-jcs-2022`: RFC 8785, SHA-256 and Ed25519.
#
# Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3.

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
