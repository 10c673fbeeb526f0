"""Files that somebody crafts against the verifier, most of them rightly signed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marketplace.ledger.verifier.verify import REFUSED, VERIFIED
from tests.ledger.signed_files import ISSUER, STATUS_ADDRESS
from tests.ledger.signing import GONE, secured, statement_of

V2 = "https://www.w3.org/ns/credentials/v2"
LARGEST = 4 * 1024 * 1024
FORGED = "PR-1\nVERIFIED\r\x1b[2J\x9b1m\u2028VERIFIED\u202e\u200b\x00  - Signed by a key you trust"
WRONG: dict[str, Any] = {
    "null": None,
    "number": 5,
    "fraction": 0.5,
    "true": True,
    "list": [],
    "object": {},
    "nested": [[{"a": []}]],
    "forged": FORGED,
}
TYPED = {name: value for name, value in WRONG.items() if name != "forged"}


@dataclass(frozen=True)
class Crafted:
    """A file, what it is checked by, and the exit code that it must get."""

    data: bytes
    code: int = REFUSED
    status: bytes | None = None
    trust: bytes | None = None
    more: tuple[bytes, ...] = ()


Cases = Iterator[tuple[str, Crafted]]


def certificate(_proof: dict[str, Any] | None = None, /, **changes: Any) -> bytes:
    """Sign a certificate that holds, but for the changes."""
    whole = {"validUntil": "2029-01-01T00:00:00Z", "number": "PR-202611-0001"}
    subject = {"right": "hold"}
    return secured(statement_of("RightCertificate", subject, **whole | changes), **_proof or {})


def entry(**changes: Any) -> dict[str, Any]:
    """Return a status entry that is right, but for the changes."""
    parts = {
        "id": f"{STATUS_ADDRESS}#4711",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "suspension",
        "statusListIndex": "4711",
        "statusListCredential": STATUS_ADDRESS,
    } | changes
    return {name: value for name, value in parts.items() if value is not GONE}


def texts() -> Cases:
    """Yield what is signed by nobody: the bytes alone must be refused."""
    one = certificate()
    raw: dict[str, bytes] = {
        "empty": b"",
        "blank": b" \n",
        "null byte": b"\x00",
        "mark and JSON": b"\xef\xbb\xbf" + one,
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbf{}",
        "UTF-16": one.decode().encode("utf-16"),
        "UTF-32": one.decode().encode("utf-32"),
        "Latin": b'{"a":"\xe9"}',
        "overlong": b'{"a":"\xc0\xaf"}',
        "surrogate in bytes": b'{"a":"\xed\xa0\x80"}',
        "half a character": b'{"a":"\\ud800"}',
        "half a name": b'{"\\udfff":1}',
        "deep lists": b"[" * 100_000,
        "deep lists, closed": b"[" * 100_000 + b"]" * 100_000,
        "deep objects": b'{"a":' * 100_000,
        "deep behind a text": b'{"a":"[","b":' + b"[" * 1000 + b"]" * 1000 + b"}",
        "deep by a hair": b'{"a":' + b"[" * 32 + b"]" * 32 + b"}",
        "many lists": b"[" + b"[]," * 1_000_000 + b"[]]",
        "many texts": b"[" + b'"",' * 1_000_000 + b'""]',
        "many escapes": b'{"' + b'\\"' * (LARGEST // 2 - 4),
        "largest text": b'{"a":"' + b"x" * (LARGEST - 8) + b'"}',
        "too large": b"{" + b" " * LARGEST,
        "1e999": b'{"a":1e999}',
        "1E999999": b'{"a":1E999999}',
        "-1e999": b'{"a":-1e999}',
        "digits": b'{"a":' + b"9" * 10_000 + b"}",
        "many digits": b'{"a":' + b"9" * 4_000_000 + b"}",
        "many places": b'{"a":0.' + b"1" * 4_000_000 + b"}",
        "2^53": b'{"a":9007199254740993}',
        "NaN": b'{"a":NaN}',
        "Infinity": b'{"a":-Infinity}',
        "a key twice": b'{"issuer":"a","issuer":"b"}',
        "a key twice, escaped": b'{"a":1,"\\u0061":2}',
        "list": b"[]",
        "text": b'"x"',
        "null": b"null",
        "comment": b'{"a":1}//',
        "two documents": one + one,
        "newline after": one + b"\n",
        "return after": one + b"\r\n",
        "blank before": b" " + one,
        "null after": one + b"\x00",
        "other spelling": one.replace(b'"hold"', b'"\\u0068old"'),
        "1.0 for 1": json.dumps(json.loads(certificate(n=1)), indent=2)
        .replace('"n": 1', '"n": 1.0')
        .encode(),
        "altered": one.replace(b'"hold"', b'"sell"'),
        "no proof": b"{}",
        "proof a list": b'{"issuer":"a","proof":[]}',
        "page": b"<!DOCTYPE html>",
        "zip": b"PK\x03\x04" + bytes(400),
        "packed": gzip.compress(one),
    }
    for name, data in raw.items():
        yield name, Crafted(data)


def fields() -> Cases:
    """Yield certificates whose signature fits and one of whose fields is wrong, or only odd."""
    strict = ("validFrom", "validUntil", "type", "@context", "issuer", "credentialSubject")
    for field in (*strict, "credentialStatus"):
        for name, value in WRONG.items():
            code = VERIFIED if (field, name) == ("credentialStatus", "list") else REFUSED
            yield f"{field} {name}", Crafted(certificate(**{field: value}), code)
    for field in ("id", "number"):
        for name, value in TYPED.items():
            yield f"{field} {name}", Crafted(certificate(**{field: value}))
        yield f"{field} forged", Crafted(certificate(**{field: FORGED}), VERIFIED)
        yield f"{field} long", Crafted(certificate(**{field: "x " * 100_000}), VERIFIED)
    for name, value in WRONG.items():
        yield f"extra {name}", Crafted(certificate(kind=value, name=value, claims=value), VERIFIED)
        yield f"issuer.id {name}", Crafted(certificate(issuer={"id": value}))
    for field in strict:
        if field not in ("validFrom", "validUntil"):
            yield f"no {field}", Crafted(certificate(**{field: GONE}))
    yield "no dates", Crafted(certificate(validFrom=GONE, validUntil=GONE), VERIFIED)
    lacking: dict[str, Any] = {
        "type of another": ["RightCertificate"],
        "type with newline": ["VerifiableCredential\n"],
        "types with a number": ["VerifiableCredential", 5],
        "type alone": "RightCertificate",
    }
    for name, value in lacking.items():
        yield name, Crafted(certificate(type=value))
    yield "one type", Crafted(certificate(type="VerifiableCredential"), VERIFIED)
    for name, value in {
        "version 1": ["https://www.w3.org/2018/credentials/v1"],
        "text": V2,
    }.items():
        yield f"context {name}", Crafted(certificate(**{"@context": value}))
    for name, value in {
        "empty": [],
        "numbers": [5],
        "hollow": [{}],
        "mixed": [{"a": 1}, 5],
    }.items():
        yield f"subjects {name}", Crafted(certificate(credentialSubject=value))
    forged = f"{ISSUER}\nVERIFIED"
    yield "another issuer", Crafted(certificate({"verificationMethod": forged}, issuer=forged), 2)
