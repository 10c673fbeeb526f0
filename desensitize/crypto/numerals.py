"""Numerals as characters, and halves of numeral strings as numbers."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desensitize.crypto.texts import Bytes

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST_RADIX, LARGEST_RADIX = 10, len(ALPHABET)
NOT_A_NUMERAL = 255
TABLE_SIZE = 65_536


class Numerals:
    """Read and write numerals of one radix: digits, then small letters, then capitals."""

    def __init__(self, radix: int) -> None:
        self.radix = radix
        self.characters = ALPHABET[:radix]
        self._shown = np.frombuffer(self.characters.encode("ascii"), dtype=np.uint8)
        self.values = np.full(256, NOT_A_NUMERAL, dtype=np.uint8)
        self.values[self._shown] = np.arange(radix, dtype=np.uint8)

    @cached_property
    def _group(self) -> int:
        """Return how many numerals one look into the table writes."""
        return max(width for width in range(1, 5) if self.radix**width <= TABLE_SIZE)

    @cached_property
    def _table(self) -> Bytes:
        """List the characters of every group of numerals, in order."""
        numbers = np.arange(self.radix**self._group)
        powers = self.radix ** np.arange(self._group - 1, -1, -1)
        return self._shown[numbers[:, None] // powers % self.radix]

    def numbers(self, numerals: Bytes) -> NDArray[np.uint64]:
        """Read each line of numeral values as one number."""
        answer = np.zeros(len(numerals), dtype=np.uint64)
        columns = np.ascontiguousarray(numerals.T)
        # A group stays in small integers, which are quicker.
        for start in range(0, len(columns), self._group):
            part = columns[start : start + self._group]
            number = part[0].astype(np.uint16)
            for column in part[1:]:
                number = number * np.uint16(self.radix) + column
            answer = answer * np.uint64(self.radix ** len(part)) + number
        return answer

    def shown(self, numerals: Bytes) -> Bytes:
        """Return the character of each numeral value."""
        return self._shown.take(numerals)

    def written(self, numbers: NDArray[np.uint64], width: int, lines: Bytes) -> None:
        """Write each number as `width` characters into its line."""
        size = np.uint64(self.radix**self._group)
        end = width
        while end > 0:
            rest = numbers // size
            group = self._table.take((numbers - rest * size).astype(np.intp), axis=0)
            start = max(0, end - self._group)
            lines[:, start:end] = group[:, self._group - (end - start) :]
            numbers, end = rest, start
