"""The one-file verifier: what it accepts, what it refuses, and that it calls nobody."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import (
    NOBODY,
    UNKNOWN,
    VERIFIED,
    Outcome,
    Refused,
    Trust,
)
from tests.ledger import signed_files as files

W3C = Path(__file__).parent / "vectors" / "vc-eddsa-jcs-2022"
JCS = Path(__file__).parent.parent / "credentials" / "vectors"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROGRAM = Path(verify.__file__)


def w3c(name: str) -> str:
    """Read a file of the published example."""
    return (W3C / name).read_text(encoding="utf-8").strip()


def test_the_published_example_byte_for_byte() -> None:
    """W3C Data Integrity EdDSA, the example of eddsa-jcs-2022: each step, then the whole."""
    data = (W3C / "signedJCS.json").read_bytes()
    document = verify.read_document(data)
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    assert verify.canonical(bare).decode() == w3c("canonDocJCS.txt")
    assert verify.canonical(options).decode() == w3c("proofCanonJCS.txt")
    message, signature, key = verify._integrity_proof(document, document["proof"])
    assert (
        message.hex()
        == w3c("combinedHashJCS.txt")
        == w3c("proofHashJCS.txt") + w3c("docHashJCS.txt")
    )
    assert signature.hex() == w3c("sigHexJCS.txt")
    assert "z" + files.base58(signature) == w3c("sigBTC58JCS.txt")
    published = json.loads(w3c("keyPair.json"))["publicKeyMultibase"]
    assert key == verify.public_key(published)
    assert verify.check_certificate(data).code == UNKNOWN
    trust = Trust({document["issuer"]: (verify.public_key(published),)})
    assert verify.check_certificate(data, trust=trust).code == VERIFIED


@pytest.mark.parametrize("path", sorted(JCS.rglob("input/*.json")), ids=lambda path: path.name)
def test_canonical_json_as_published(path: Path) -> None:
    """RFC 8785, its example files."""
    value = json.loads(path.read_text(encoding="utf-8"))
    assert verify.canonical(value) == (path.parent.parent / "output" / path.name).read_bytes()


def test_the_canonical_files_are_there() -> None:
    """The test above looks at something."""
    assert len(list(JCS.rglob("input/*.json"))) >= 6


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back(value: float) -> None:
    """Whatever the form, the number is the same one."""
    assert float(verify.canonical(value)) == value


def test_it_needs_python_and_cryptography_only() -> None:
    """No Django, and nothing else of the centre."""
    roots: set[str] = set()
    for node in ast.walk(ast.parse(PROGRAM.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").partition(".")[0])
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}


WHOLE: dict[str, tuple[Callable[[], bytes], bytes | None]] = {
    "certificate": (files.credential, None),
    "report": (files.report, files.TABLE),
    "receipt": (files.receipt, None),
    "checkpoint": (lambda: files.checkpoint([files.leaf(n) for n in range(9)]), None),
}


def checked(data: bytes, table: bytes | None, trust: Trust = files.TRUST) -> Outcome:
    """Check at the moment of these tests, with a status list."""
    lists = [files.status_list(1, 4712)]
    digest = None if table is None else hashlib.sha256(table).hexdigest()
    return verify.check_file(data, digest, trust=trust, status_lists=lists, now=NOW)


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_is_verified(kind: str) -> None:
    """And is of an unknown issuer to who trusts nobody."""
    make, table = WHOLE[kind]
    assert checked(make(), table).code == VERIFIED
    assert checked(make(), table, NOBODY).code == UNKNOWN


def flipped(kind: str, places: range | list[int], chance: random.Random) -> int:
    """Alter each of the bytes in a way of chance; each is refused with a reason."""
    make, table = WHOLE[kind]
    whole = make()
    for place in places:
        altered = bytearray(whole)
        altered[place] ^= chance.randrange(1, 256)
        with pytest.raises(Refused) as refusal:
            checked(bytes(altered), table)
        assert str(refusal.value)
    return len(places)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_flipped_byte_is_refused(kind: str) -> None:
    """A hundred bytes of each kind."""
    chance = random.Random(kind)
    size = len(WHOLE[kind][0]())
    assert flipped(kind, sorted(chance.sample(range(size), 100)), chance) == 100


@pytest.mark.campaign
def test_every_flipped_byte_is_refused() -> None:
    """Every byte of one of each, in several ways: at least 5,000."""
    chance, count = random.Random(5), 0
    while count < 5000:
        count += sum(flipped(kind, range(len(make())), chance) for kind, (make, _) in WHOLE.items())


def test_another_table_is_not_that_of_the_report() -> None:
    """One byte of it altered."""
    for place in range(len(files.TABLE)):
        table = bytearray(files.TABLE)
        table[place] ^= 1
        with pytest.raises(Refused, match="SHA-256 is another"):
            checked(files.report(), bytes(table))
    with pytest.raises(Refused, match="not exactly one"):
        checked(files.credential(), files.TABLE)


@pytest.mark.parametrize(
    ("indices", "reason"), [((4711,), "suspended"), ((), ""), ((4710, 4712), "")]
)
def test_a_status_list_is_asked(indices: tuple[int, ...], reason: str) -> None:
    """The one bit of this certificate decides."""
    lists = [files.status_list(*indices)]
    data = files.credential()
    if reason:
        with pytest.raises(Refused, match=reason):
            verify.check_certificate(data, trust=files.TRUST, status_lists=lists, now=NOW)
        return
    found = verify.check_certificate(data, trust=files.TRUST, status_lists=lists, now=NOW)
    assert found.code == VERIFIED
    assert any(line.startswith("Status: no suspension") for line in found.lines)
    without = verify.check_certificate(data, trust=files.TRUST, now=NOW)
    assert any(line.startswith("Status unknown") for line in without.lines)


STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (files.credential(STRANGER), "none of the keys"),
        (files.credential(validUntil="2026-11-24T23:59:59Z"), "expired"),
        (files.credential(validFrom="2026-11-26T00:00:00Z"), "not yet"),
        (files.credential(**{"@context": ["https://example.org/"]}), "version 2"),
        (files.credential(issuer=""), "names no issuer"),
        (files.credential() + b" ", "canonical form"),
        (b"{}", "no proof"),
        (b'{"a":1,"a":2}', "stands twice"),
        (b'{"a":NaN}', "NaN"),
        (b"", "is empty"),
        (b"\n", "no signed note"),
    ],
)
def test_what_does_not_hold_is_refused(data: bytes, reason: str) -> None:
    """With the reason."""
    with pytest.raises(Refused, match=reason):
        checked(data, None)


def test_a_foreign_status_list_counts_for_nothing() -> None:
    """Of another key, cut short, or no list at all."""
    for data, reason in [
        (files.status_list(issuer="did:web:other.example"), "none of the keys|not the issuer"),
        (files.credential(), "no status list"),
        (files.status_list(validUntil="2026-02-01T00:00:00Z"), "expired"),
    ]:
        with pytest.raises(Refused, match=reason):
            verify.check_certificate(
                files.credential(), trust=files.TRUST, status_lists=[data], now=NOW
            )


def test_every_signature_line_must_be_right() -> None:
    """One of an unknown key is refused as well; and witnesses are counted."""
    leaves = [files.leaf(n) for n in range(9)]
    without = Trust(logs=files.TRUST.logs)
    with pytest.raises(Refused, match=r"witness\.example/w1 that you do not trust"):
        verify.check_checkpoint(files.checkpoint(leaves), trust=without)
    assert (
        verify.check_checkpoint(files.checkpoint(leaves, cosigned=False), trust=without).code == 0
    )
    with pytest.raises(Refused, match="0 witnesses"):
        verify.check_checkpoint(files.checkpoint(leaves, cosigned=False), trust=files.TRUST)


def test_a_receipt_opens_its_own_entry_only() -> None:
    """Another line, or another salt, leads to another root."""
    for changes in ({"line": '{"kind":"x"}'}, {"salt": "00" * 32}):
        with pytest.raises(Refused, match="does not lead"):
            verify.check_receipt(files.receipt(**changes), trust=files.TRUST)
    for index in range(21):
        assert verify.check_receipt(files.receipt(index), trust=files.TRUST).code == VERIFIED


def test_nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of file is checked while no socket can be made."""

    def refuse(*given: Any, **options: Any) -> None:
        raise AssertionError("The verifier called somebody.")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for make, table in WHOLE.values():
        assert checked(make(), table).code == VERIFIED


HELD = {"name": "linkage", "passed": True, "high": 0.03}
LIMIT = {"thresholds": {"largest_excess": 0.05}}
BROKEN = {"name": "inference", "passed": False}


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ({"verdict": "anonymous", "attackers": [HELD, HELD], **LIMIT}, "of 2 attackers none came"),
        ({"verdict": "de-identified", "attackers": [HELD, BROKEN]}, "needs a basis in law"),
        ({"verdict": "no-personal-information", "attackers": []}, "no personal information"),
    ],
)
def test_the_verdict_of_a_report_is_said(subject: dict[str, Any], said: str) -> None:
    outcome = verify.check_certificate(files.risk_report(**subject))
    assert any(said in str(sentence) for sentence in outcome.sentences)


@pytest.mark.parametrize(
    "subject",
    [
        {"verdict": "anonymous", "attackers": [HELD, BROKEN], **LIMIT},
        {"verdict": "anonymous", "attackers": [HELD]},
        {"verdict": "anonymous", "attackers": [HELD], "thresholds": {"largest_excess": 0.02}},
        {"verdict": "anonymous", "attackers": [HELD], "thresholds": {"largest_excess": "1"}},
        {"verdict": "anonymous", "attackers": [HELD | {"high": None}], **LIMIT},
        {"verdict": "anonymous", "attackers": [HELD, {"name": "linkage", "passed": "yes"}]},
        {"verdict": "anonymous", "attackers": []},
        {"verdict": "anonymous"},
        {"verdict": "anonymous", "attackers": "none"},
        {"verdict": "anonymous", "attackers": [7]},
        {"verdict": "not-measured", "attackers": []},
        {"verdict": ["anonymous"], "attackers": [HELD]},
        {"verdict": None, "attackers": [HELD]},
    ],
)
def test_a_report_that_contradicts_itself_is_refused(subject: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        verify.check_certificate(files.risk_report(**subject))
