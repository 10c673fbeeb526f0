"""Files that somebody signed, made for the tests of the verifier."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from marketplace.ledger import merkle, notes
from marketplace.ledger.lines import commitment_of, leaf_hash_of
from marketplace.ledger.verifier.verify import BASE58, Trust

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ISSUER = "did:web:centre.example"
STATUS_ADDRESS = "https://centre.example/status/1"
ORIGIN = "centre.example/log"
WITNESS_NAME = "witness.example/w1"
TABLE = b"invented bytes of a table"


def base58(data: bytes) -> str:
    """Encode in base58."""
    number, answer = int.from_bytes(data, "big"), ""
    while number:
        number, place = divmod(number, 58)
        answer = BASE58[place] + answer
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + answer


def multikey(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key as multibase."""
    return "z" + base58(b"\xed\x01" + key.public_key().public_bytes_raw())


def credential(key: Ed25519PrivateKey = KEY, /, **changes: Any) -> bytes:
    """Sign a certificate with eddsa-jcs-2022."""
    bare: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "RightCertificate"],
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2029-01-01T00:00:00Z",
        "credentialSubject": {"right": "hold", "data": "Invented counters of crossings, monthly"},
        "credentialStatus": {
            "id": f"{STATUS_ADDRESS}#4711",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "suspension",
            "statusListIndex": "4711",
            "statusListCredential": STATUS_ADDRESS,
        },
    } | changes
    options = {
        "@context": bare["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": f"{ISSUER}#key-1",
        "proofPurpose": "assertionMethod",
    }
    message = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in (options, bare))
    proof = options | {"proofValue": "z" + base58(key.sign(message))}
    return rfc8785.dumps(bare | {"proof": proof})


def report() -> bytes:
    """Sign a report on a table."""
    subject = {"type": "RiskReport", "sha256": hashlib.sha256(TABLE).hexdigest()}
    return credential(credentialSubject=subject)


def risk_report(**subject: Any) -> bytes:
    """Sign a risk report with a verdict, whatever it says."""
    return credential(type=["VerifiableCredential", "RiskReport"], credentialSubject=subject)


def status_list(*indices: int, **changes: Any) -> bytes:
    """Sign a status list in which some bits are set."""
    bits = bytearray(16 * 1024)
    for index in indices:
        bits[index // 8] |= 0x80 >> index % 8
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    return credential(
        **{
            "id": STATUS_ADDRESS,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "credentialSubject": {
                "id": f"{STATUS_ADDRESS}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "suspension",
                "encodedList": "u" + encoded,
            },
        }
        | changes
    )


def log_key(kind: int = notes.ED25519) -> notes.Verifier:
    """Return the key of the invented log, or of its witness."""
    if kind == notes.COSIGNATURE:
        return notes.Verifier(WITNESS_NAME, WITNESS.public_key().public_bytes_raw(), kind)
    return notes.Verifier(ORIGIN, KEY.public_key().public_bytes_raw())


def checkpoint(leaves: list[bytes], *, cosigned: bool = True) -> bytes:
    """Sign a checkpoint over leaf hashes."""
    text = notes.checkpoint_text(notes.Tree(ORIGIN, len(leaves), merkle.root(leaves)))
    note = f"{text}\n{notes.sign(text, name=ORIGIN, key=KEY)}"
    if cosigned:
        note += notes.cosign(text, name=WITNESS_NAME, key=WITNESS, seconds=1_800_000_000)
    return note.encode()


def leaf(number: int) -> bytes:
    """Return the hash of an invented leaf."""
    return merkle.leaf_hash(str(number).encode())


def write_log(folder: Path, leaves: list[bytes]) -> Path:
    """Write a small log as static files: its checkpoint and its one tile; answer the checkpoint."""
    note, tile = folder / "checkpoint", folder / "tile" / "0" / "000.p" / str(len(leaves))
    note.write_bytes(checkpoint(leaves, cosigned=False))
    tile.parent.mkdir(parents=True, exist_ok=True)
    tile.write_bytes(b"".join(leaves))
    return note


LINE = rfc8785.dumps({"kind": "tests.happened", "subject": "thing:1"})
SALT = bytes(range(32))


def receipt(index: int = 5, size: int = 21, /, **changes: str) -> bytes:
    """Write the receipt of an invented entry."""
    leaves = [leaf(number) for number in range(size)]
    leaves[index] = leaf_hash_of(commitment_of(LINE, SALT))

    def subtree(first: int, end: int) -> bytes:
        return merkle.root(leaves[first:end])

    extra = rfc8785.dumps({"line": LINE.decode(), "salt": SALT.hex()} | changes)
    proof = merkle.inclusion_proof(index, size, subtree)
    lines = [
        "c2sp.org/tlog-proof@v1",
        f"extra {base64.b64encode(extra).decode()}",
        f"index {index}",
        *(base64.b64encode(node).decode() for node in proof),
    ]
    return ("\n".join(lines) + "\n\n").encode() + checkpoint(leaves)


def trust_file() -> dict[str, Any]:
    """Return what trusts the invented issuer, log and witness."""
    return {
        "issuers": {ISSUER: [multikey(KEY)]},
        "logs": [str(log_key())],
        "witnesses": [str(log_key(notes.COSIGNATURE))],
        "witnesses_needed": 1,
    }


TRUST = Trust.parse(json.dumps(trust_file()).encode())
