"""AES-CMAC over a column (NIST SP 800-38B)."""

import numpy as np
import polars as pl
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from desensitize.crypto.aes_blocks import BLOCK, AesBlocks, Words
from desensitize.crypto.texts import Bytes, Places, Texts, column_of_lines

ROWS = 16_384
# Longer texts get a call each, so that one of them costs no further round for all.
MOST_BLOCKS = 64
REDUCTION = 0x87
HEX = np.frombuffer(np.arange(65_536, dtype="<u2").tobytes().hex().encode("ascii"), np.uint32)


def aes_cmac(values: pl.Series, key: bytes, *, digits: int = 32) -> pl.Series:
    """Return the first hexadecimal digits of the code of each text; nulls stay null.

    The key has 16, 24 or 32 bytes, `digits` runs from 1 to 32.
    """
    codes = HEX.take(cmac_words(values, key).view(np.uint16)).view(np.uint8)
    return column_of_lines(values.name, codes[:, :digits], values.is_not_null().to_numpy())


def cmac_words(values: pl.Series, key: bytes) -> Words:
    """Return the 16 bytes of the code of each text as two words; a null counts as “”."""
    texts = Texts.of(values)
    cipher, ends = AesBlocks(key, ROWS), _ends(key)
    codes = np.empty((len(values), 2), dtype=np.uint64)
    for start in range(0, len(values), ROWS):
        rows = np.arange(start, min(start + ROWS, len(values)), dtype=np.int64)
        lengths = texts.lengths(rows)
        long = lengths > MOST_BLOCKS * BLOCK
        if long.any():
            for row in rows[long]:
                codes[row] = _code(texts.data[texts.offsets[row] : texts.offsets[row + 1]], key)
            rows, lengths = rows[~long], lengths[~long]
        if len(rows):
            codes[rows] = _chain(texts, rows, lengths, cipher, ends)
    return codes


def _code(text: Bytes, key: bytes) -> Words:
    code = CMAC(AES(key))
    code.update(text.tobytes())
    return np.frombuffer(code.finalize(), dtype=np.uint64)


def _chain(texts: Texts, rows: Places, lengths: Places, cipher: AesBlocks, ends: Words) -> Words:
    """Chain the blocks of all rows, one position after the other."""
    blocks = np.maximum(1, (lengths + BLOCK - 1) // BLOCK)
    order = None
    if (blocks != blocks[0]).any():
        # With the longest first, the rows that have a block at a position are a head of all.
        order = np.argsort(-blocks, kind="stable")
        rows, lengths, blocks = rows[order], lengths[order], blocks[order]
    windows, places = _windows(texts, rows)
    state = np.zeros((len(rows), 2), dtype=np.uint64)
    for position in range(int(blocks[0])):
        active = int(np.searchsorted(-blocks, -position, side="left"))
        left = lengths[:active] - position * BLOCK
        block = windows[places[:active] + position * BLOCK].view(np.uint64).reshape(-1, 2)
        block &= INSIDE.take(np.minimum(left, BLOCK), axis=0)
        block ^= ends.take(np.minimum(left, BLOCK + 1), axis=0)
        block ^= state[:active]
        state[:active] = cipher.encrypted(block)
    if order is None:
        return state
    answer = np.empty_like(state)
    answer[order] = state
    return answer


def _windows(texts: Texts, rows: Places) -> tuple[np.ndarray, Places]:
    """Lay a window of one block at every byte of the rows, and answer where each row begins."""
    first, last = int(texts.offsets[rows.min()]), int(texts.offsets[rows.max() + 1])
    data = np.concatenate([texts.data[first:last], np.zeros(BLOCK, dtype=np.uint8)])
    windows = np.ndarray((last - first + 1,), dtype="V16", buffer=data, strides=(1,))
    return windows, texts.offsets[rows] - first


def _inside() -> Words:
    """Make the words that keep the first n bytes of a block, for n from 0 to 16."""
    lines = [b"\xff" * length + b"\0" * (BLOCK - length) for length in range(BLOCK + 1)]
    return np.frombuffer(b"".join(lines), dtype=np.uint64).reshape(-1, 2)


INSIDE = _inside()


def _ends(key: bytes) -> Words:
    """Make what padding and subkey add to a block of which n bytes are left, for n to 17.

    With more than 16 left it is not the last block, and nothing is added.
    """
    number = int.from_bytes(AesBlocks(key, 1).block(bytes(BLOCK)), "big")
    subkeys = []
    for _ in range(2):
        number <<= 1
        if number >> 128:
            number = (number & ((1 << 128) - 1)) ^ REDUCTION
        subkeys.append(number)
    padded = [subkeys[1] ^ (0x80 << 8 * (BLOCK - 1 - length)) for length in range(BLOCK)]
    lines = [number.to_bytes(BLOCK, "big") for number in (*padded, subkeys[0], 0)]
    return np.frombuffer(b"".join(lines), dtype=np.uint64).reshape(-1, 2)
