"""Crafted certificates: their dates, their proofs, and their status."""

from __future__ import annotations

import gzip
import json
from typing import Any

from marketplace.ledger.verifier.verify import UNKNOWN, VERIFIED
from tests.ledger.crafted import FORGED, TYPED, WRONG, Cases, Crafted, certificate, entry
from tests.ledger.signed_files import KEY, multikey, status_list
from tests.ledger.signing import GONE, base64url, earlier

DATES = (
    "9999-12-31",
    "0001-01-01",
    "2026-01-01",
    "20260101T000000Z",
    "2026-W01-1",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00Z\n",
    "2026-01-01 00:00:00Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "-2026-01-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00+99:00",
    "2026-01-01T00:00:00z",
    "today",
    "",
    "２026-01-01T00:00:00Z",
    "9" * 100_000,
    "2026-01-01T00:00:00." + "0" * 100_000 + "Z",
)


def dates() -> Cases:
    """Yield dates that are none, and some at the ends of the calendar that are."""
    for number, text in enumerate(DATES):
        for field in ("validFrom", "validUntil"):
            yield f"{field} date {number}", Crafted(certificate(**{field: text}))
        for field in ("created", "expires"):
            yield f"proof {field} date {number}", Crafted(certificate({field: text}))
    ends = {
        "validUntil": ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"),
        "validFrom": ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"),
    }
    for field, moments in ends.items():
        for number, text in enumerate(moments):
            yield f"{field} end {number}", Crafted(certificate(**{field: text}), VERIFIED)
    late, early = "2099-01-01T00:00:00Z", "2026-06-01T00:00:00Z"
    yield "from 2099", Crafted(certificate(validFrom=late, validUntil=GONE))
    yield "expired", Crafted(certificate(validUntil=early))
    yield (
        "ends before it begins",
        Crafted(certificate(validFrom="2026-09-01T00:00:00Z", validUntil=early)),
    )
    for field, value in {"valid_until": "9999-12-31", "valid_from": "0001-01-01"}.items():
        yield f"earlier {field}", Crafted(earlier(**{field: value}), VERIFIED)
    for field in ("valid_from", "valid_until", "kind", "number", "issuer"):
        for name, value in TYPED.items():
            if value is not None or field not in ("valid_from", "valid_until"):
                yield f"earlier {field} {name}", Crafted(earlier(**{field: value}))
    yield "earlier expired", Crafted(earlier(valid_until="2026-11-22"))
    yield "earlier not yet", Crafted(earlier(valid_from="2026-11-27"))
    yield "earlier forged", Crafted(earlier(kind=FORGED, number=FORGED), VERIFIED)


def proofs() -> Cases:
    """Yield proofs whose options are wrong; each is signed over these very options."""
    own, other = multikey(KEY), "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    wrong: dict[str, tuple[str, Any]] = {
        "expired": ("expires", "2026-06-01T00:00:00Z"),
        "expires now": ("expires", "2026-11-25T00:00:00Z"),
        "created in 2099": ("created", "2099-01-01T00:00:00Z"),
        "for signing in": ("proofPurpose", "authentication"),
        "no purpose": ("proofPurpose", GONE),
        "another suite": ("cryptosuite", "eddsa-rdfc-2022"),
        "another type": ("type", "Ed25519Signature2020"),
        "two types": ("type", ["DataIntegrityProof"]),
        "for a domain": ("domain", "other.example"),
        "for a challenge": ("challenge", "1"),
        "after another": ("previousProof", "urn:uuid:1"),
        "another context": ("@context", ["https://example.org/"]),
        "method of another": ("verificationMethod", "did:web:other.example#key-1"),
        "method of a key, hexadecimal": ("verificationMethod", f"did:key:{'00' * 32}#{'00' * 32}"),
        "method of two keys": ("verificationMethod", f"did:key:{own}#{other}"),
        "method of another key": ("verificationMethod", f"did:key:{other}#{other}"),
        "method endless": ("verificationMethod", f"did:key:z{'2' * 160_000}#z{'2' * 160_000}"),
        "method forged": ("verificationMethod", FORGED),
    }
    for name, (part, value) in wrong.items():
        yield f"proof {name}", Crafted(certificate({part: value}))
    for part in ("type", "cryptosuite", "proofPurpose", "verificationMethod", "created", "expires"):
        for name, value in TYPED.items():
            yield f"proof {part} {name}", Crafted(certificate({part: value}))
    yield "proof until 2999", Crafted(certificate({"expires": "2999-01-01T00:00:00Z"}), VERIFIED)
    yield "proof without created", Crafted(certificate({"created": GONE}), VERIFIED)
    keyed = {"verificationMethod": f"did:key:{other}#{other}"}
    yield "key of another did", Crafted(certificate(keyed, issuer=f"did:key:{own}"))
    mine = {"verificationMethod": f"did:key:{own}#{own}"}
    yield "key of its own", Crafted(certificate(mine, issuer=f"did:key:{own}"), UNKNOWN)
    yield "key of its own, named by another", Crafted(certificate(mine, issuer=f"did:key:{other}"))
    whole = json.loads(certificate())
    values = {
        "long": "z" + "2" * 60_000,
        "longest": "z" + "2" * 4_000_000,
        "ones": "z" + "1" * 3_000_000,
        "newline": whole["proof"]["proofValue"] + "\n",
        "bare": "z",
        "no letter": "0OIl",
        "empty": "",
        "other letter": whole["proof"]["proofValue"].replace("z", "u", 1),
        **TYPED,
    }
    for name, value in values.items():
        changed = whole | {"proof": whole["proof"] | {"proofValue": value}}
        text = json.dumps(changed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        yield f"proofValue {name}", Crafted(text.encode())


def statuses() -> Cases:
    """Yield status entries and status lists, each signed by whom one trusts."""
    whole = status_list(1)
    for field in ("type", "statusPurpose", "statusListIndex", "statusListCredential"):
        for name, value in (TYPED | {"no": GONE}).items():
            data = certificate(credentialStatus=entry(**{field: value}))
            yield f"entry {field} {name}", Crafted(data, status=whole)
    indices = (
        "-1",
        "131072",
        "9" * 19,
        "9" * 4_000,
        "9" * 100_000,
        "1.0",
        "1e1",
        "04711",
        " 1",
        "1\n",
        "٣",
        "0x1",
        "",
    )
    for index in indices:
        data = certificate(credentialStatus=entry(statusListIndex=index))
        yield f"index {index[:9]!r} of {len(index)}", Crafted(data, status=whole)
    yield "size 2", Crafted(certificate(credentialStatus=entry(statusSize=2)), status=whole)
    yield "size true", Crafted(certificate(credentialStatus=entry(statusSize=True)), status=whole)
    yield "many entries", Crafted(certificate(credentialStatus=[entry()] * 2_000), status=whole)
    forged = entry(statusPurpose=FORGED)
    held = certificate(credentialStatus=entry())
    yield "entry whole", Crafted(held, VERIFIED, status=whole)
    yield "entry set", Crafted(held, status=status_list(4711))
    yield "purpose unknown", Crafted(certificate(credentialStatus=forged), VERIFIED, status=whole)
    encoded: dict[str, Any] = {
        "bomb": "u" + base64url(gzip.compress(bytes(16 * 1024 * 1024), 9, mtime=0)),
        "short": "u" + base64url(gzip.compress(bytes(100), mtime=0)),
        "cut": "u" + base64url(gzip.compress(bytes(16_384), mtime=0)[:-4]),
        "twice": "u" + base64url(gzip.compress(bytes(16_384), mtime=0) * 2),
        "bytes": "u" + base64url(bytes(16_384)),
        "padded": "uAAA=",
        "newline": "uAAAA\n",
        "z": "zAAAA",
        **WRONG,
    }
    for name, value in encoded.items():
        subject = {
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
            "encodedList": value,
        }
        yield f"bits {name}", Crafted(held, status=status_list(credentialSubject=subject))
    for field in ("id", "type", "validFrom", "validUntil", "credentialSubject", "issuer"):
        for name, value in TYPED.items():
            yield f"list {field} {name}", Crafted(held, status=status_list(**{field: value}))
