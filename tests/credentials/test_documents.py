"""The form of signed documents: canonical bytes and careful reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marketplace.credentials.documents import (
    MAX_BYTES,
    Malformed,
    read_document,
    signed_bytes,
)

JCS = Path(__file__).parent / "vectors" / "jcs"


@pytest.mark.parametrize("name", sorted(path.name for path in (JCS / "input").iterdir()))
def test_the_signed_bytes_are_canonical(name: str) -> None:
    """The pairs of the authors of RFC 8785."""
    given = json.loads((JCS / "input" / name).read_bytes())
    canonical = (JCS / "output" / name).read_bytes()
    assert signed_bytes({"claims": given}) == b'{"claims":' + canonical + b"}"


def test_the_proof_is_not_signed() -> None:
    """It is made from what is."""
    assert signed_bytes({"number": "A", "proof": {"signature": "00"}}) == b'{"number":"A"}'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        b'{"claims": {"a": 1, "a": 1}}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1} trailing',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": "' + b"x" * MAX_BYTES + b'"}',
    ],
    ids=lambda data: data[:12].decode(errors="replace"),
)
def test_what_reads_in_two_ways_is_refused(data: bytes) -> None:
    """One reader would see what another does not."""
    with pytest.raises(Malformed):
        read_document(data)


def test_a_byte_order_mark_does_not_matter() -> None:
    """Some editors add one when they save."""
    assert read_document(b'\xef\xbb\xbf{"number": "A"}') == {"number": "A"}
