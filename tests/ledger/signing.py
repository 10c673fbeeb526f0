"""Documents that are rightly signed whatever they say, made for the tests of the verifier."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fido2 import cbor

from tests.ledger.signed_files import ISSUER, KEY, base58

CONTRACT_ID = "58172aac-d8ba-11ed-83dd-0b3aef56cc33"
AMENDMENT_ID = "9b3aef56-d8ba-11ed-83dd-58172aaccc33"
ORIGIN, RP_ID = "https://centre.example", "centre.example"
PASSKEYS = {
    side: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    for number, side in enumerate(("seller", "buyer"), start=1)
}
GONE = object()
"""Stands for a part that is left out."""


def base64url(data: bytes) -> str:
    """Write base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def without_gone(parts: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is to be left out."""
    return {name: value for name, value in parts.items() if value is not GONE}


def secured(bare: dict[str, Any], /, *, key: Ed25519PrivateKey = KEY, **proof: Any) -> bytes:
    """Sign a document with eddsa-jcs-2022, whatever it and the options of its proof say."""
    return rfc8785.dumps(proved(bare, key=key, **proof))


def proved(
    bare: dict[str, Any], /, *, key: Ed25519PrivateKey = KEY, **proof: Any
) -> dict[str, Any]:
    """Return a document with its proof, before it is written."""
    options = without_gone(
        {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2026-01-01T00:00:00Z",
            "verificationMethod": f"{ISSUER}#key-1",
            "proofPurpose": "assertionMethod",
        }
        | proof
    )
    message = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in (options, bare))
    return bare | {"proof": options | {"proofValue": "z" + base58(key.sign(message))}}


def earlier(**changes: Any) -> bytes:
    """Sign a certificate as the centre did before Verifiable Credentials."""
    bare = without_gone(
        {
            "claims": {"right": "hold"},
            "issuer": "Data Centre",
            "kind": "right",
            "number": "PR-202611-0001",
            "valid_from": "2026-01-01",
            "valid_until": "2029-01-01",
        }
        | changes
    )
    proof = {
        "type": "Ed25519",
        "canonicalization": "RFC8785",
        "public_key": KEY.public_key().public_bytes_raw().hex(),
        "signature": KEY.sign(rfc8785.dumps(bare)).hex(),
    }
    return rfc8785.dumps(bare | {"proof": proof})


def statement_of(kind: str, subject: dict[str, Any], /, **changes: Any) -> dict[str, Any]:
    """Return what a credential of a kind says, before it is signed."""
    return without_gone(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": f"urn:uuid:{CONTRACT_ID}",
            "type": ["VerifiableCredential", kind],
            "issuer": {"id": ISSUER, "name": "Data Centre"},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": subject,
        }
        | changes
    )


AGREED: dict[str, Any] = {
    "contract": CONTRACT_ID,
    "plan": {"cap": "80.00"},
    "terms": {"audit": "yearly", "licence_months": 12, "transfer": True},
}


def text_of(agreed: dict[str, Any]) -> str:
    """Write a text that ends by naming what was agreed."""
    return f"An invented agreement.\n{hashlib.sha256(rfc8785.dumps(agreed)).hexdigest()}\n"


def passkey_signature(
    side: str, digest: str, identifier: str = CONTRACT_ID, /, **changes: Any
) -> dict[str, Any]:
    """Sign for a side as a passkey does; `said_…` changes what the browser says of it.

    `signer` is the side whose passkey it is, `order` that of the labels in its public key.
    """
    key, order = PASSKEYS[changes.pop("signer", side)], changes.pop("order", (1, 3, -1, -2))
    parts = b"contract-signature/v1\x00" + bytes.fromhex(digest) + UUID(identifier).bytes
    challenge = hashlib.sha256(parts + side.encode()).digest()
    said = {name.removeprefix("said_"): changes.pop(name) for name in [*changes] if "said_" in name}
    origin, rp_id = changes.get("origin", ORIGIN), changes.get("rp_id", RP_ID)
    client_data = json.dumps(
        without_gone(
            {"type": "webauthn.get", "challenge": base64url(challenge), "origin": origin} | said
        )
    ).encode()
    about = hashlib.sha256(str(rp_id).encode()).digest() + bytes([5, 0, 0, 0, 7])
    labels: dict[int, int | bytes] = {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw()}
    cose = b"\xa4" + b"".join(cbor.encode(name) + cbor.encode(labels[name]) for name in order)
    return without_gone(
        {
            "side": side,
            "person": f"person-of-the-{side}",
            "signed_at": "2026-01-01T00:00:00Z",
            "kind": "passkey",
            "client_data": base64url(client_data),
            "authenticator_data": base64url(about),
            "signature": base64url(key.sign(about + hashlib.sha256(client_data).digest())),
            "public_key": base64url(cose),
            "origin": origin,
            "rp_id": rp_id,
        }
        | changes
    )


def witnessed_signature(
    side: str, digest: str, about: str = f"contract:{CONTRACT_ID}", /, **changes: Any
) -> dict[str, Any]:
    """Let the centre state that a side accepted; `changes` are of what it states."""
    mandate = changes.pop("mandate", GONE)
    digest_of_mandate = (
        hashlib.sha256(rfc8785.dumps(mandate)).hexdigest() if mandate is not GONE else GONE
    )
    stated = without_gone(
        {
            "about": about,
            "digest": digest,
            "side": side,
            "person": f"person-of-the-{side}",
            "signed_at": "2026-01-01T00:00:00Z",
            "means": "password given anew",
            "mandate_sha256": digest_of_mandate,
        }
        | changes
    )
    return without_gone(
        {
            "side": side,
            "person": f"person-of-the-{side}",
            "signed_at": "2026-01-01T00:00:00Z",
            "kind": "witnessed",
            "mandate": mandate,
            "statement": proved(statement_of("WitnessedAcceptance", stated)),
        }
    )


def contract_parts(agreed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what a contract says: its buyer signed by passkey, its seller before the centre."""
    agreed = AGREED if agreed is None else agreed
    text = text_of(agreed)
    digest = hashlib.sha256(text.encode()).hexdigest()
    signatures = [witnessed_signature("seller", digest), passkey_signature("buyer", digest)]
    return {"agreed": agreed, "digest": digest, "signatures": signatures, "text": text}


OWNER: dict[str, Any] = {
    "name": "An Owner",
    "function": "officer",
    "basis": "owner",
    "sum": "12000.00",
    "currency": "CNY",
}
SET: dict[str, Any] = {
    "limit": "12000.00",
    "limit_set_by": {"person": "the-owner", "name": "An Owner"},
    "limit_set_at": "2026-01-01T00:00:00Z",
}
LIMITED: dict[str, Any] = {**OWNER, **SET, "name": "A Clerk", "function": "buyer", "basis": "limit"}
APPROVED: dict[str, Any] = {
    **LIMITED,
    "basis": "approval",
    "limit": "5000.00",
    "approved_by": {**SET, "person": "somebody-else", "name": "A Colleague", "basis": "limit"},
    "approved_at": "2026-01-01T00:00:00Z",
}
"""Mandates as signatures name them."""


def mandated(seller: Any, buyer: Any, **changes: Any) -> bytes:
    """Sign a contract of the second form, whose signatures name these mandates."""
    agreed = {**AGREED, "form": 2, "sum": "12000.00", "price": "12000.00"} | changes
    parts = contract_parts(without_gone(agreed))
    digest = parts["digest"]
    signatures = [
        witnessed_signature("seller", digest, mandate=seller),
        passkey_signature("buyer", digest, mandate=buyer),
    ]
    return contract(parts | {"signatures": signatures})


def contract(subject: dict[str, Any] | None = None, /, **changes: Any) -> bytes:
    """Sign a contract; what it says, and the document around it, may be any other."""
    parts = contract_parts() if subject is None else subject
    return secured(statement_of("DataContract", parts, **changes))


@cache
def _contract_before() -> dict[str, Any]:
    return contract_parts()


def amendment(**changes: Any) -> bytes:
    """Sign the first amendment of the contract; `changes` are of what was agreed."""
    before = _contract_before()
    agreed = without_gone(
        {
            "amendment": AMENDMENT_ID,
            "changes": {"licence_months": [12, 24]},
            "contract": CONTRACT_ID,
            "contract_sha256": before["digest"],
            "number": 1,
            "previous_sha256": before["digest"],
            "terms": {**AGREED["terms"], "licence_months": 24},
        }
        | changes
    )
    text = text_of(agreed)
    digest, about = hashlib.sha256(text.encode()).hexdigest(), f"amendment:{AMENDMENT_ID}"
    signatures = [witnessed_signature(side, digest, about) for side in PASSKEYS]
    subject = {"agreed": agreed, "digest": digest, "signatures": signatures, "text": text}
    return secured(statement_of("ContractAmendment", subject, id=f"urn:uuid:{AMENDMENT_ID}"))
