"""What is written is read back, and nothing else is."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.vault.chunks import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    DamagedFile,
    layout,
)
from marketplace.vault.incoming import Incoming, encrypt_path, encrypt_stream
from marketplace.vault.reading import SeekableDecrypted

SIZES = [
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    2 * CHUNK_BYTES,
    3 * CHUNK_BYTES + 17,
]
SEALED = CHUNK_BYTES + TAG_BYTES


def content_of(size: int) -> bytes:
    """Return bytes that differ from chunk to chunk."""
    return b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))[:size]


@pytest.fixture
def three_chunks() -> Incoming:
    """Return a file of three chunks, the last one short."""
    return encrypt_stream([content_of(2 * CHUNK_BYTES + 100)])


def read_all(incoming: Incoming) -> bytes:
    """Read a file to its end."""
    with incoming.opened() as opened:
        return opened.read()


@pytest.mark.parametrize("size", SIZES)
def test_reads_what_was_written(size: int) -> None:
    content = content_of(size)
    incoming = encrypt_stream([content])
    assert read_all(incoming) == content
    assert incoming.size == size
    assert layout(incoming.path.stat().st_size) == (max(1, -(-size // CHUNK_BYTES)), size)


@pytest.mark.parametrize("pieces", [1, 7, CHUNK_BYTES, CHUNK_BYTES + 1, 200_000])
def test_the_pieces_in_which_it_came_do_not_matter(pieces: int) -> None:
    content = content_of(150_000) if pieces > 1 else content_of(500)
    incoming = encrypt_stream(
        content[start : start + pieces] for start in range(0, len(content), pieces)
    )
    assert read_all(incoming) == content


def test_the_disk_holds_no_plaintext() -> None:
    secret = b"Zhang San 11010519491231002X"
    incoming = encrypt_stream([secret * 5000])
    assert secret not in incoming.path.read_bytes()
    assert incoming.path.stat().st_mode & 0o777 == 0o600


def test_the_same_bytes_twice_are_not_the_same_file() -> None:
    first, second = encrypt_stream([b"same"]), encrypt_stream([b"same"])
    assert first.sha256 == second.sha256
    assert first.path.read_bytes() != second.path.read_bytes()


@given(
    size=st.sampled_from(SIZES),
    jumps=st.lists(st.tuples(st.integers(0, 4 * CHUNK_BYTES), st.integers(0, 2 * CHUNK_BYTES))),
)
def test_any_range_is_the_range_of_the_content(size: int, jumps: list[tuple[int, int]]) -> None:
    content = content_of(size)
    incoming = encrypt_stream([content])
    try:
        with incoming.opened() as opened:
            for start, length in jumps:
                assert opened.seek(start) == start
                assert opened.read(length) == content[start : start + length]
                assert opened.tell() == start + len(content[start : start + length])
    finally:
        incoming.discard()


def test_seeks_from_the_place_and_from_the_end(three_chunks: Incoming) -> None:
    with three_chunks.opened() as opened:
        size = opened.seek(0, os.SEEK_END)
        assert size == three_chunks.size
        assert opened.seek(-10, os.SEEK_CUR) == size - 10
        assert opened.read() == content_of(size)[-10:]
        with pytest.raises(ValueError, match="negative"):
            opened.seek(-1)


def test_can_be_buffered(three_chunks: Incoming) -> None:
    with io.BufferedReader(three_chunks.opened()) as buffered:
        assert buffered.read() == content_of(three_chunks.size)


def test_a_closed_file_is_not_read(three_chunks: Incoming) -> None:
    opened = three_chunks.opened()
    opened.close()
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        opened.read(1)


def damage(path: Path, start: int, data: bytes) -> None:
    """Overwrite bytes of a file."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def assert_unreadable(incoming: Incoming) -> None:
    """Reading it to the end must fail."""
    with pytest.raises(DamagedFile):
        read_all(incoming)


@pytest.mark.parametrize("place", [0, 5, HEADER_BYTES, HEADER_BYTES + SEALED - 1, -1])
def test_a_changed_byte_is_found(three_chunks: Incoming, place: int) -> None:
    stored = bytearray(three_chunks.path.read_bytes())
    stored[place] ^= 1
    three_chunks.path.write_bytes(stored)
    assert_unreadable(three_chunks)


@pytest.mark.parametrize(
    "cut",
    [1, TAG_BYTES, 100, 100 + TAG_BYTES, 100 + TAG_BYTES + 1, 100 + TAG_BYTES + SEALED],
)
def test_a_cut_file_is_found_when_it_is_opened(three_chunks: Incoming, cut: int) -> None:
    stored = three_chunks.path.read_bytes()
    three_chunks.path.write_bytes(stored[:-cut])
    with pytest.raises(DamagedFile):
        three_chunks.opened()


@pytest.mark.parametrize("left", [0, 1, HEADER_BYTES, HEADER_BYTES + TAG_BYTES - 1])
def test_a_file_that_is_all_but_gone_is_found(three_chunks: Incoming, left: int) -> None:
    three_chunks.path.write_bytes(three_chunks.path.read_bytes()[:left])
    with pytest.raises(DamagedFile):
        three_chunks.opened()


def test_a_cut_at_a_whole_chunk_is_found() -> None:
    incoming = encrypt_stream([content_of(3 * CHUNK_BYTES)])
    incoming.path.write_bytes(incoming.path.read_bytes()[: HEADER_BYTES + 2 * SEALED])
    with pytest.raises(DamagedFile):
        incoming.opened()


@pytest.mark.parametrize("more", [b"\0", b"\0" * TAG_BYTES, b"\0" * SEALED])
def test_appended_bytes_are_found(three_chunks: Incoming, more: bytes) -> None:
    with three_chunks.path.open("ab") as file:
        file.write(more)
    with pytest.raises(DamagedFile):
        three_chunks.opened()


def test_an_appended_copy_of_the_end_is_found() -> None:
    incoming = encrypt_stream([content_of(2 * CHUNK_BYTES)])
    stored = incoming.path.read_bytes()
    incoming.path.write_bytes(stored + stored[-SEALED:])
    assert_unreadable(incoming)


def test_exchanged_chunks_are_found() -> None:
    incoming = encrypt_stream([content_of(3 * CHUNK_BYTES)])
    stored = incoming.path.read_bytes()
    first = stored[HEADER_BYTES : HEADER_BYTES + SEALED]
    second = stored[HEADER_BYTES + SEALED : HEADER_BYTES + 2 * SEALED]
    damage(incoming.path, HEADER_BYTES, second + first)
    assert_unreadable(incoming)


def test_a_chunk_of_another_file_is_found(three_chunks: Incoming) -> None:
    other = encrypt_stream([content_of(three_chunks.size)])
    stored = other.path.read_bytes()[HEADER_BYTES : HEADER_BYTES + SEALED]
    damage(three_chunks.path, HEADER_BYTES, stored)
    assert_unreadable(three_chunks)


def test_another_key_opens_nothing(three_chunks: Incoming) -> None:
    with pytest.raises(DamagedFile):
        SeekableDecrypted(three_chunks.path, bytes(32))


def test_a_stream_that_breaks_leaves_nothing_behind() -> None:
    def broken() -> Iterator[bytes]:
        yield b"first"
        raise ConnectionResetError

    folder = encrypt_stream([b""]).path.parent
    before = set(folder.iterdir())
    with pytest.raises(ConnectionResetError):
        encrypt_stream(broken())
    assert set(folder.iterdir()) == before


def test_encrypts_a_file_of_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    path.write_bytes(content_of(100_000))
    assert read_all(encrypt_path(path)) == content_of(100_000)
