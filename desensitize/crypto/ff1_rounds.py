"""The ten rounds of FF1 (NIST SP 800-38G, algorithms 7 and 8) over many numbers at once."""

import numpy as np
from numpy.typing import NDArray

from desensitize.crypto.aes_blocks import BLOCK, AesBlocks
from desensitize.crypto.ff1_shape import ROUNDS, Shape

Numbers = NDArray[np.uint64]

ROWS = 8_192
# The sum of two halves must fit into 64 bits.
LARGEST_HALF = 1 << 63


def fits(shape: Shape) -> bool:
    """Return whether halves of this shape are numbers that these rounds can hold."""
    return shape.largest < LARGEST_HALF


class Rounds:
    """Run the rounds for numeral strings of one shape under one key and tweak.

    All but the last block of what the standard calls P || Q is the same for every value and
    round, so a round costs one AES block a value, and one call for all of them.
    """

    def __init__(self, cipher: AesBlocks, shape: Shape, tweak: bytes) -> None:
        self._cipher = cipher
        self._shape = shape
        constant = shape.first_block(tweak) + shape.second_blocks(tweak)
        state = bytes(BLOCK)
        for start in range(0, len(constant) - BLOCK, BLOCK):
            state = cipher.block(_xor(state, constant[start : start + BLOCK]))
        last = _xor(state, constant[-BLOCK:])
        self._starts = []
        for number in range(ROUNDS):
            counter = bytes(BLOCK - 1 - shape.half_bytes) + bytes([number])
            words = _xor(last, counter + bytes(shape.half_bytes))
            self._starts.append(np.frombuffer(words, dtype=np.uint64))

    def encrypted(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
        """Encrypt pairs of halves; at most ROWS of them."""
        blocks = self._blocks(len(left))
        for number in range(ROUNDS):
            size = np.uint64(self._shape.modulus(number))
            total = self._shift(number, right, blocks, size)
            total += left
            # Less than twice the modulus: taking it away wraps round for those below it.
            left, right = right, np.minimum(total, total - size)
        return left, right

    def decrypted(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
        """Decrypt pairs of halves; at most ROWS of them."""
        blocks = self._blocks(len(left))
        for number in reversed(range(ROUNDS)):
            size = np.uint64(self._shape.modulus(number))
            total = right - self._shift(number, left, blocks, size)
            left, right = np.minimum(total, total + size), left
        return left, right

    def _blocks(self, rows: int) -> Numbers:
        blocks = np.empty((rows, 2), dtype=np.uint64)
        blocks[:, 0] = self._starts[0][0]
        return blocks

    def _shift(self, number: int, half: Numbers, blocks: Numbers, size: np.uint64) -> Numbers:
        """Return what a round adds to the other half, below the modulus."""
        start = self._starts[number]
        if self._shape.half_bytes == 8:
            # The number of the round stands in the first word.
            blocks[:, 0] = start[0]
        np.bitwise_xor(half.byteswap(), start[1], out=blocks[:, 1])
        answer = self._cipher.encrypted(blocks)
        high = answer[:, 0].byteswap()
        if self._shape.taken_bytes == 8:
            whole = high // size
            whole *= size
            high -= whole
            return high
        # Four bytes more, shifted in as many bits at a time as stay below 64.
        low = answer[:, 1].byteswap() >> np.uint64(32)
        rest = high - high // size * size
        left, step = 32, 64 - int(size).bit_length()
        while left:
            bits = min(step, left)
            left -= bits
            piece = (low >> np.uint64(left)) & np.uint64((1 << bits) - 1)
            rest = (rest << np.uint64(bits)) | piece
            rest -= rest // size * size
        return rest


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))
