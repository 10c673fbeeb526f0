"""Keys and codes agree with their standards and stay hidden."""

import copy
import json
import pickle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from desensitize.crypto import KeyRing
from desensitize.errors import DesensitizeError

MASTER = bytes(range(32))


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
    handle = ring.handle(column="c", purpose="p")
    assert handle.reveal() == ring.key(column="c", purpose="p")
    assert handle.reveal().hex() not in repr(handle)
    assert repr(handle.reveal()) not in f"{handle} {handle!r}"
    for secret in (ring, handle):
        for leak in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
            with pytest.raises(TypeError):
                leak(secret)


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 64, b"zz" * 32])
def test_a_key_of_another_length_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(DesensitizeError) as refusal:
        KeyRing.from_file(path)
    assert refusal.value.code == "bad-key"


def test_a_key_file_is_raw_or_hexadecimal(tmp_path: Path) -> None:
    raw, text = tmp_path / "raw", tmp_path / "text"
    raw.write_bytes(MASTER)
    text.write_text(MASTER.hex() + "\n")
    assert KeyRing.from_file(raw).key(column="c", purpose="p") == KeyRing.from_file(text).key(
        column="c", purpose="p"
    )
