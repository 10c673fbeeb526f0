"""Encrypt places in a list among each other: FF1 (NIST SP 800-38G) with cycle walking."""

from collections.abc import Callable

import numpy as np

from desensitize.crypto.aes_blocks import AesBlocks
from desensitize.crypto.ff1_rounds import ROWS, Numbers, Rounds
from desensitize.crypto.ff1_shape import Shape

LENGTH = 6
Step = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]


class IndexCipher:
    """Permute the numbers from 0 to `size` − 1; `size` lies between a million and 2⁶⁰.

    A number counts as six numerals of the smallest radix that has room for all. What falls beyond
    the end is encrypted again until it falls inside, once in a long while.
    """

    def __init__(self, key: bytes, tweak: bytes, size: int) -> None:
        radix = round(size ** (1 / LENGTH))
        while radix**LENGTH < size:
            radix += 1
        self._size = np.uint64(size)
        self._half = np.uint64(radix ** (LENGTH // 2))
        self._rounds = Rounds(AesBlocks(key, ROWS), Shape(radix, LENGTH), tweak)

    def encrypted(self, places: Numbers) -> Numbers:
        """Encrypt places."""
        return self._walked(places, self._rounds.encrypted)

    def decrypted(self, places: Numbers) -> Numbers:
        """Decrypt places."""
        return self._walked(places, self._rounds.decrypted)

    def _walked(self, places: Numbers, step: Step) -> Numbers:
        answer = places.copy()
        left = np.arange(len(places))
        while len(left):
            for start in range(0, len(left), ROWS):
                rows = left[start : start + ROWS]
                high = answer[rows] // self._half
                first, second = step(high, answer[rows] - high * self._half)
                answer[rows] = first * self._half + second
            left = left[answer[left] >= self._size]
        return answer
