"""Keys and codes agree with their standards and stay hidden."""

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from desensitize.crypto import HmacSha256, KeyRing
from desensitize.errors import DesensitizeError

MASTER = bytes(range(32))


def test_hmac_agrees_with_rfc_4231(vectors: Callable[[str], Any]) -> None:
    for case in vectors("mac_vectors.json")["hmac_sha256_rfc4231"]:
        code = HmacSha256(bytes.fromhex(case["key"]))
        assert code.hexdigest(bytes.fromhex(case["data"])) == case["mac"]


def test_a_key_longer_than_a_block_is_hashed_first() -> None:
    # RFC 4231, test case 6.
    code = HmacSha256(b"\xaa" * 131)
    assert code.hexdigest(b"Test Using Larger Than Block-Size Key - Hash Key First") == (
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    )


def test_keys_are_hkdf_over_parts_that_cannot_run_together() -> None:
    ring = KeyRing(MASTER, dataset="d", recipient="r")
    info = b"desensitize/key/v1"
    for part in (b"d", b"c", b"r", b"p"):
        info += len(part).to_bytes(4, "big") + part
    expected = HKDF(SHA256(), 32, salt=None, info=info).derive(MASTER)
    assert ring.key(column="c", purpose="p") == expected


@given(st.lists(st.tuples(*[st.text(max_size=3)] * 4), min_size=2, max_size=6, unique=True))
def test_no_two_uses_share_a_key(uses: list[tuple[str, str, str, str]]) -> None:
    keys = {
        KeyRing(MASTER, dataset=dataset, recipient=recipient).key(column=column, purpose=purpose)
        for dataset, column, recipient, purpose in uses
    }
    assert len(keys) == len(uses)


def test_a_key_ring_shows_and_gives_away_nothing() -> None:
    ring = KeyRing(MASTER, dataset="d", recipient="r")
    assert MASTER.hex() not in repr(ring)
    assert repr(MASTER) not in repr(ring)
    for leak in (pickle.dumps, copy.copy, json.dumps):
        with pytest.raises(TypeError):
            leak(ring)


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 64, b"zz" * 32])
def test_a_key_of_another_length_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(DesensitizeError) as refusal:
        KeyRing.from_file(path)
    assert refusal.value.code == "bad_key"


def test_a_key_file_is_raw_or_hexadecimal(tmp_path: Path) -> None:
    raw, text = tmp_path / "raw", tmp_path / "text"
    raw.write_bytes(MASTER)
    text.write_text(MASTER.hex() + "\n")
    assert KeyRing.from_file(raw).key(column="c", purpose="p") == KeyRing.from_file(text).key(
        column="c", purpose="p"
    )
