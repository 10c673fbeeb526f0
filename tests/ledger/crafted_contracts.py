"""Crafted contracts and amendments: their parts, and the signatures of both sides."""

from __future__ import annotations

import hashlib
from typing import Any

from fido2 import cbor

from marketplace.ledger.verifier.verify import VERIFIED
from tests.ledger.crafted import FORGED, TYPED, WRONG, Cases, Crafted, certificate
from tests.ledger.signing import (
    AGREED,
    APPROVED,
    CONTRACT_ID,
    GONE,
    LIMITED,
    OWNER,
    amendment,
    base64url,
    contract,
    contract_parts,
    mandated,
    passkey_signature,
    text_of,
    without_gone,
    witnessed_signature,
)

ORIGINS = (
    "http://[",
    "http://[::1",
    "https://centre.example:99999999",
    "https://centre.example:x",
    "https://user@centre.example",
    "https://centre.example/",
    "https://centre.example\n",
    "https://centre.example@other.example",
    "http://centre.example",
    "https://other.example",
    "https://other.example#centre.example",
    "centre.example",
    "",
    "javascript:1",
    "HTTPS://centre.example",
    "https://centre.example?VERIFIED",
    "https://centre.exámple",
    "ftp://localhost",
)


def signed_by(seller: Any, buyer: Any = None) -> bytes:
    """Sign a contract that carries these signatures; the buyer's is right unless given."""
    parts = contract_parts()
    right = passkey_signature("buyer", parts["digest"]) if buyer is None else buyer
    return contract(parts | {"signatures": [seller, right]})


def contracts() -> Cases:
    """Yield contracts that the centre signed, in which a part is wrong."""
    parts = contract_parts()
    digest = parts["digest"]
    yield "contract", Crafted(contract(), VERIFIED)
    for field in parts:
        for name, value in (WRONG | {"no": GONE}).items():
            changed = {
                key: item for key, item in (parts | {field: value}).items() if item is not GONE
            }
            yield f"contract {field} {name}", Crafted(contract(changed))
    for name, value in {
        "braces": f"urn:uuid:{{{CONTRACT_ID}}}",
        "bare": CONTRACT_ID.replace("-", ""),
        "no": GONE,
        "newline": f"urn:uuid:{CONTRACT_ID}\n",
    }.items():
        yield f"contract id {name}", Crafted(contract(id=value))
    for field in ("side", "person", "kind", "statement", "signed_at"):
        for name, value in TYPED.items():
            seller = witnessed_signature("seller", digest) | {field: value}
            yield f"witnessed {field} {name}", Crafted(signed_by(seller))
    for field in ("about", "digest", "side", "person", "signed_at"):
        for name, value in {"list": [], "other": "x"}.items():
            seller = witnessed_signature("seller", digest, **{field: value})
            yield f"stated {field} {name}", Crafted(signed_by(seller))
    for name, value in WRONG.items():
        seller = witnessed_signature("seller", digest, means=value)
        yield f"stated means {name}", Crafted(signed_by(seller), VERIFIED)
    seller, twin = witnessed_signature("seller", digest), passkey_signature("seller", digest)
    yield "two sellers", Crafted(signed_by(seller, twin))
    yield "one person", Crafted(signed_by(seller | {"person": "person-of-the-buyer"}))
    three = [seller, twin, passkey_signature("buyer", digest)]
    yield "three signatures", Crafted(contract(parts | {"signatures": three}))
    for name, order in {"again": (1, 3, -1, -2), "in another order": (-2, -1, 3, 1)}.items():
        twice = passkey_signature("seller", digest, signer="buyer", order=order)
        yield f"one passkey {name}", Crafted(signed_by(twice))
    yield "of another text", Crafted(signed_by(passkey_signature("seller", "00" * 32)))


def passkeys() -> Cases:
    """Yield contracts with signatures of passkeys that are not as they should be."""
    digest = contract_parts()["digest"]
    fields = ("client_data", "authenticator_data", "signature", "public_key", "origin", "rp_id")
    for field in fields:
        for name, value in (TYPED | {"no": GONE, "padded": "AA==", "newline": "AAAA\n"}).items():
            changed = passkey_signature("seller", digest, **{field: value})
            yield f"{field} {name}", Crafted(signed_by(changed))
    for number, origin in enumerate(ORIGINS):
        changed = passkey_signature("seller", digest, origin=origin)
        yield f"origin {number}", Crafted(signed_by(changed))
    nowhere = passkey_signature("seller", digest, origin="https://centre.example.", rp_id="")
    yield "rp_id empty", Crafted(signed_by(nowhere))
    said: dict[str, Any] = {
        "type": "webauthn.create",
        "challenge": "AA",
        "crossOrigin": True,
        "topOrigin": "https://other.example",
    }
    for field, value in said.items():
        changed = passkey_signature("seller", digest, **{f"said_{field}": value})
        yield f"said {field}", Crafted(signed_by(changed))
    odd = passkey_signature("seller", digest, said_crossOrigin="no")
    yield "said crossOrigin in words", Crafted(signed_by(odd))
    deep = base64url(b"[" * 100_000)
    yield "said deep", Crafted(signed_by(passkey_signature("seller", digest, client_data=deep)))
    big = (1 << 65_536) - 1
    keys: dict[str, bytes] = {
        "no map": b"\x80",
        "cut": b"\xa5\x01",
        "endless": b"\xbb" + b"\xff" * 8,
        "twice": b"\xa2\x01\x01\x01\x01",
        "text": cbor.encode({"1": 1}),
        "huge": b"\xba\x00\x10\x00\x00" + b"\x00" * 400_000,
        "off the curve": cbor.encode({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32}),
        "short point": cbor.encode({1: 2, 3: -7, -1: 1, -2: b"\1", -3: b"\1"}),
        "no point": cbor.encode({1: 2, 3: -7, -1: 1}),
        "short key": cbor.encode({1: 1, 3: -8, -1: 6, -2: b"\1"}),
        "no key": cbor.encode({1: 1, 3: -8, -1: 6}),
        "small RSA": rsa(b"\xff" * 64, b"\1\0\1"),
        "large RSA": rsa(big.to_bytes(8192, "big"), b"\1\0\1"),
        "wide RSA": rsa(b"\xff" * 1200, b"\1\0\1"),
        "RSA exponent": rsa(b"\xff" * 256, b"\xff" * 256),
        "RSA by one": rsa(b"\xff" * 256, b"\1"),
        "RSA even": rsa(b"\xff" * 255 + b"\xfe", b"\1\0\1"),
        "RSA empty": rsa(b"", b""),
        "follows": cbor.encode({1: 1}) + b"\0",
        "nothing": b"",
    }
    for name, key in keys.items():
        changed = passkey_signature("seller", digest, public_key=base64url(key))
        yield f"key {name}", Crafted(signed_by(changed))
    flags = hashlib.sha256(b"centre.example").digest()
    for name, data in {"absent": b"\0", "unverified": b"\1", "cut": b""}.items():
        given = base64url(flags + data + bytes(4))
        changed = passkey_signature("seller", digest, authenticator_data=given)
        yield f"holder {name}", Crafted(signed_by(changed))


def mandates() -> Cases:
    """Yield contracts whose signatures name a signatory with a mandate, right or not."""
    for name, mandate in {"owner": OWNER, "limited": LIMITED, "approved": APPROVED}.items():
        yield f"mandate of {name}", Crafted(mandated(OWNER, mandate), VERIFIED)
        yield f"mandate of {name} by seller", Crafted(mandated(mandate, OWNER), VERIFIED)
        for field in ("name", "function", "basis", "sum"):
            for kind, value in (TYPED | {"no": GONE}).items():
                changed = without_gone(mandate | {field: value})
                yield f"mandate of {name} {field} {kind}", Crafted(mandated(OWNER, changed))
    for kind, value in (TYPED | {"no": GONE, "less": "11999.99", "loose": "99999"}).items():
        limited = without_gone(LIMITED | {"limit": value})
        yield f"limit {kind}", Crafted(mandated(OWNER, limited))
        approver = without_gone(APPROVED["approved_by"] | {"limit": value})
        yield (
            f"limit of approver {kind}",
            Crafted(mandated(OWNER, APPROVED | {"approved_by": approver})),
        )
    for kind, value in (TYPED | {"no": GONE, "themselves": "person-of-the-buyer"}).items():
        approver = without_gone(APPROVED["approved_by"] | {"person": value})
        yield f"approved by {kind}", Crafted(mandated(OWNER, APPROVED | {"approved_by": approver}))
    for kind, value in (TYPED | {"no": GONE}).items():
        unapproved = without_gone(APPROVED | {"approved_by": value})
        yield f"approval {kind}", Crafted(mandated(OWNER, unapproved))
        yield f"mandate {kind}", Crafted(mandated(OWNER, value))
    by_centre = Crafted(mandated(OWNER, LIMITED | {"limit_set_by": None}), VERIFIED)
    yield "limit of the centre", by_centre
    for name, value in {"name": FORGED, "function": FORGED, "limit_set_at": FORGED}.items():
        yield f"forged {name}", Crafted(mandated(OWNER, LIMITED | {name: value}), VERIFIED)
    yield "sum of another", Crafted(mandated(OWNER, OWNER | {"sum": "1.00"}))
    dear = {"price": "12000.01"}
    yield "sum below the price", Crafted(mandated(OWNER, OWNER, **dear))
    yield "form of tomorrow", Crafted(mandated(OWNER, OWNER, form=3))
    yield "no form", Crafted(mandated(OWNER, OWNER, form=GONE))
    yield "no sum", Crafted(mandated(OWNER, OWNER, sum=GONE))
    unbound = {"sum": None}
    owners = OWNER | unbound
    yield "unbound", Crafted(mandated(owners, owners, **unbound), VERIFIED)
    yield "unbound limited", Crafted(mandated(owners, LIMITED | unbound, **unbound))
    yield "unbound approved", Crafted(mandated(owners, APPROVED | unbound, **unbound))


def rsa(modulus: bytes, exponent: bytes) -> bytes:
    """Write an RSA key as COSE."""
    return cbor.encode({1: 3, 3: -257, -1: modulus, -2: exponent})


def amendments() -> Cases:
    """Yield amendments to the contract, signed, that do not go on from it."""
    whole, terms = contract(), AGREED["terms"]
    yield "amended", Crafted(whole, VERIFIED, more=(amendment(),))
    for field in (
        "amendment",
        "changes",
        "contract",
        "contract_sha256",
        "number",
        "previous_sha256",
        "terms",
    ):
        for name, value in (WRONG | {"no": GONE}).items():
            yield f"amended {field} {name}", Crafted(whole, more=(amendment(**{field: value}),))
    wrong: dict[str, dict[str, Any]] = {
        "number 1.0": {"number": 1.5},
        "true for 1": {"changes": {"transfer": [1, 2]}, "terms": {**terms, "transfer": 2}},
        "change of one": {"changes": {"licence_months": [12]}},
        "change a text": {"changes": {"licence_months": "12"}},
        "change unhashed": {"changes": {"licence_months": [{}, []]}},
        "plan 5": {"plan_change": 5},
        "plan false": {"plan_change": False},
        "plan of one": {"plan_change": [1]},
        "plan of another": {"plan_change": [{"cap": "1"}, {"cap": "2"}]},
        "plan hidden": {"changes": {"plan": [1, 2]}, "plan_change": [AGREED["plan"], 5]},
    }
    for name, changes in wrong.items():
        yield f"amended {name}", Crafted(whole, more=(amendment(**changes),))
    forged = {"changes": {FORGED: [None, FORGED]}, "terms": {**terms, FORGED: FORGED}}
    yield "amended forged", Crafted(whole, VERIFIED, more=(amendment(**forged),))
    for name, value in TYPED.items():
        agreed = {**AGREED, "terms": value}
        other = contract(contract_parts(agreed))
        if name != "object":
            yield f"terms {name}", Crafted(other, more=(amendment(),))
    no_text = contract(contract_parts() | {"text": text_of(AGREED) + "VERIFIED\n"})
    yield "text goes on", Crafted(no_text)
    yield "report of a contract", Crafted(certificate(), more=(b"table", b"other"))
