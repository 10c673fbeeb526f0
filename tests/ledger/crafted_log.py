"""Crafted checkpoints and receipts, and files of trust."""

from __future__ import annotations

import base64
import json

import rfc8785

from marketplace.ledger import notes
from marketplace.ledger.verifier.verify import UNKNOWN, VERIFIED
from tests.ledger import signed_files as files
from tests.ledger.crafted import FORGED, TYPED, WRONG, Cases, Crafted, certificate


def log_files() -> Cases:
    """Yield checkpoints and receipts."""
    leaves = [files.leaf(number) for number in range(9)]
    whole = files.checkpoint(leaves)
    text, _, lines = whole.decode().partition("\n\n")
    origin, size, root = text.split("\n")
    yield "checkpoint", Crafted(whole, VERIFIED)
    heads: dict[str, str] = {
        "24 digits": f"{origin}\n{'9' * 24}\n{root}",
        "endless size": f"{origin}\n{'9' * 100_000}\n{root}",
        "minus": f"{origin}\n-1\n{root}",
        "zeros": f"{origin}\n09\n{root}",
        "fraction": f"{origin}\n9.0\n{root}",
        "Arabic": f"{origin}\n٩\n{root}",
        "short root": f"{origin}\n9\nAAAA",
        "no root": f"{origin}\n9",
        "return": f"{origin}\r\n9\n{root}",
        "escape": f"\x1b[1m{origin}\n9\n{root}",
        "altered": f"{origin}\n8\n{root}",
    }
    for name, head in heads.items():
        yield f"checkpoint {name}", Crafted(f"{head}\n\n{lines}".encode())
    long = f"{text}\n{'abc' + chr(10)}" + "abc\n" * 900_000
    yield "checkpoint of many lines", Crafted(f"{long}\n{lines}".encode())
    yield "checkpoint newline", Crafted(whole + b"\n")
    yield "checkpoint unsigned", Crafted(f"{text}\n\n".encode())
    yield "checkpoint many lines", Crafted(f"{text}\n\n{lines}".encode() + b"x\n" * 900_000)
    yield "checkpoint twice", Crafted(f"{text}\n\n{lines}{lines}".encode())
    named = f"VERIFIED\u2028VERIFIED\u202e\n{size}\n{root}\n"
    stranger = notes.sign(named, name="VERIFIED\u2028VERIFIED\u202e", key=files.WITNESS)
    yield "checkpoint of a stranger", Crafted(f"{named}\n{stranger}".encode(), UNKNOWN)
    yield "receipt", Crafted(files.receipt(), VERIFIED)
    for name, value in {
        "deep": "[" * 100_000,
        "forged": FORGED,
        "empty": "",
        "1e999": '{"a":1e999}',
    }.items():
        yield f"receipt line {name}", Crafted(files.receipt(line=value))
    for name, value in {
        "short": "00",
        "empty": "",
        "newline": "00" * 32 + "\n",
        "large": "Z" * 64,
    }.items():
        yield f"receipt salt {name}", Crafted(files.receipt(salt=value))
    receipt = files.receipt().decode()
    first, rest = receipt.split("\n", 1)
    extra, index, proof = rest.split("\n", 2)
    odd: dict[str, str] = {
        "index endless": f"{first}\n{extra}\nindex {'9' * 100_000}\n{proof}",
        "index -1": f"{first}\n{extra}\nindex -1\n{proof}",
        "index beyond": f"{first}\n{extra}\nindex 21\n{proof}",
        "proof endless": f"{first}\n{extra}\n{index}\n"
        + f"{base64.b64encode(bytes(32)).decode()}\n" * 60_000
        + proof,
        "proof of nothing": f"{first}\n{extra}\n{index}\n\n{proof}",
        "no extra": f"{first}\n{index}\n{proof}",
        "header alone": f"{first}\n",
        "version 2": receipt.replace("@v1", "@v2"),
    }
    for name, given in odd.items():
        yield f"receipt {name}", Crafted(given.encode())
    for name, value in TYPED.items():
        packed = base64.b64encode(rfc8785.dumps({"line": value})).decode()
        yield (
            f"receipt extra {name}",
            Crafted(f"{first}\nextra {packed}\n{index}\n{proof}".encode()),
        )


def trust_files() -> Cases:
    """Yield files of trust that cannot be meant so."""
    given, one = files.trust_file(), certificate()
    keys = {"many": [files.multikey(files.WITNESS)] * 1001, "endless": ["z6Mk"] * 99_000}
    for name, named in keys.items():
        changed = json.dumps({"issuers": {files.ISSUER: named}}).encode()
        yield f"trust {name} keys", Crafted(one, trust=changed)
    most = [files.multikey(files.WITNESS)] * 999 + [files.multikey(files.KEY)]
    whole = json.dumps({"issuers": {files.ISSUER: most}}).encode()
    yield "trust as many keys as may be", Crafted(one, VERIFIED, trust=whole)
    for field in (*given, "passkeys", "origins"):
        for name, value in WRONG.items():
            right = {"issuers": "object", "witnesses_needed": "number"}.get(field, "list")
            if name != right:
                changed = json.dumps(given | {field: value}).encode()
                yield f"trust {field} {name}", Crafted(one, trust=changed)
    lists = ("logs", "witnesses", "passkeys", "origins")
    for field in lists:
        for name, value in TYPED.items():
            yield (
                f"trust {field} of {name}",
                Crafted(one, trust=json.dumps(given | {field: [value]}).encode()),
            )
    texts = ("+", "a+b", "a+00000000+AQ==", "\ud800+00+AA", "x" * 1_000_000, FORGED)
    for number, text in enumerate(texts):
        for field in lists[:2]:
            changed = json.dumps(given | {field: [text]}).encode()
            yield f"trust {field} text {number}", Crafted(one, trust=changed)
    for name, value in {
        "endless key": "z" + "2" * 160_000,
        "no key": "z",
        "text": "",
        **TYPED,
    }.items():
        yield (
            f"trust issuer {name}",
            Crafted(one, trust=json.dumps({"issuers": {"a": [value]}}).encode()),
        )
        yield (
            f"trust issuer of {name}",
            Crafted(one, trust=json.dumps({"issuers": {"a": value or 5}}).encode()),
        )
    for number, text in enumerate(
        ("1e999", "1E999999", "-1", "9" * 10_000, '"1"', "1.0", "65", "NaN")
    ):
        raw = b'{"witnesses_needed":%b}' % text.encode()
        yield f"trust needed {number}", Crafted(one, trust=raw)
    for name, raw in {
        "deep": b"[" * 100_000,
        "empty": b"",
        "list": b"[]",
        "unknown": b'{"x":1}',
    }.items():
        yield f"trust {name}", Crafted(one, trust=raw)
