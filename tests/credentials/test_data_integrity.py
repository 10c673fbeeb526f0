"""Proofs `eddsa-jcs-2022`, byte for byte as W3C publishes them, and whatever else is signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from marketplace.credentials.data_integrity import (
    base58btc,
    from_base58btc,
    hash_data,
    multikey,
    proof_fits,
    proof_of,
    proof_options,
)
from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.verifier import verify

VECTORS = Path(__file__).parents[1] / "ledger" / "vectors" / "vc-eddsa-jcs-2022"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw().hex()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(name: str) -> Any:
    """Read a file of the published example."""
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def text(name: str) -> str:
    """Read a step of the published example."""
    return (VECTORS / name).read_text(encoding="utf-8").strip()


def test_the_published_example_byte_for_byte() -> None:
    """Document, options, both hashes, signature and proof."""
    unsigned, options = read("unsigned.json"), read("proofConfigJCS.json")
    pair = read("keyPair.json")
    private = Ed25519PrivateKey.from_private_bytes(from_base58btc(pair["privateKeyMultibase"])[2:])
    public = private.public_key().public_bytes_raw().hex()
    assert multikey(public) == pair["publicKeyMultibase"]
    assert canonical_bytes(unsigned).decode() == text("canonDocJCS.txt")
    assert canonical_bytes(options).decode() == text("proofCanonJCS.txt")
    assert hash_data(unsigned, options).hex() == text("combinedHashJCS.txt")
    method = options["verificationMethod"]
    made = proof_options(unsigned, verification_method=method, created=options["created"])
    assert made == options
    proof = proof_of(unsigned, made, sign=private.sign)
    assert proof["proofValue"] == text("sigBTC58JCS.txt")
    assert from_base58btc(proof["proofValue"]).hex() == text("sigHexJCS.txt")
    signed = {**unsigned, "proof": proof}
    assert signed == read("signedJCS.json")
    assert proof_fits(signed, public_key=public)


@given(data=st.binary(max_size=70))
def test_base58_reads_what_it_writes(data: bytes) -> None:
    """With leading zeros, and as the offline verifier reads it."""
    assert from_base58btc(base58btc(data)) == data
    assert verify.base58(base58btc(data)[1:], len(data)) == data


@given(claims=st.dictionaries(st.text(max_size=6), VALUES, max_size=4), changed=VALUES)
def test_whatever_is_signed_fits_and_nothing_else(claims: dict[str, Any], changed: object) -> None:
    """Any document that has a canonical form; another value makes another document."""
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "credentialSubject": claims}
    options = proof_options(document, verification_method="did:key:a#a", created="2026-01-01")
    secured = {**document, "proof": proof_of(document, options, sign=PRIVATE.sign)}
    assert proof_fits(secured, public_key=PUBLIC)
    other = {**claims, "added": changed}
    assert proof_fits({**secured, "credentialSubject": other}, public_key=PUBLIC) == (
        canonical_bytes(other) == canonical_bytes(claims)
    )


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Ed25519Signature2020"},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"proofPurpose": "authentication"},
        {"created": "2026-01-02T00:00:00Z"},
        {"@context": ["https://www.w3.org/ns/credentials/v1"]},
        {"verificationMethod": "did:key:b#b"},
        {"proofValue": "z"},
        {"proofValue": "u123"},
        {"proofValue": 7},
        {"added": "x"},
    ],
)
def test_every_part_of_a_proof_is_bound(change: dict[str, object]) -> None:
    """None can be changed, left out or added."""
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"]}
    options = proof_options(
        document, verification_method="did:key:a#a", created="2026-01-01T00:00:00Z"
    )
    proof = proof_of(document, options, sign=PRIVATE.sign)
    assert proof_fits({**document, "proof": proof}, public_key=PUBLIC)
    assert not proof_fits({**document, "proof": {**proof, **change}}, public_key=PUBLIC)
    assert not proof_fits({**document, "proof": proof}, public_key="00" * 32)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Ed25519Signature2020"},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"proofPurpose": "authentication"},
        {"@context": ["https://www.w3.org/ns/credentials/v1"]},
    ],
)
def test_what_is_rightly_signed_as_something_else_does_not_fit(change: dict[str, object]) -> None:
    """The key's own signature over another suite, purpose or context states nothing here."""
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"]}
    options = proof_options(document, verification_method="did:key:a#a", created="2026-01-01")
    proof = proof_of(document, {**options, **change}, sign=PRIVATE.sign)
    assert not proof_fits({**document, "proof": proof}, public_key=PUBLIC)
