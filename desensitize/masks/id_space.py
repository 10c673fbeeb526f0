"""Count through the resident identity numbers of all regions, dates and sequences."""

from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto.index_cipher import IndexCipher
from desensitize.crypto.texts import Bytes, Texts, column_of_lines
from desensitize.detectors.cn_id import CHECK_CHARACTERS, WEIGHTS

SEQUENCES = 1000
FIRST_DAY = date(1970, 1, 1)
ZERO = ord("0")
CHECKS = np.frombuffer(CHECK_CHARACTERS.encode("ascii"), dtype=np.uint8)
REGIONS_FILE = Path(__file__).with_name("regions.txt")
Integers = NDArray[np.int64]


@lru_cache(maxsize=1)
def region_codes() -> Integers:
    """Return the codes of GB/T 2260, in order, those that were given up included.

    The list is part of what surrogates depend on: with another one no number leads back.
    """
    lines = REGIONS_FILE.read_text(encoding="ascii").splitlines()
    parts = [line.split() for line in lines]
    return np.array([int(part[0] + end) for part in parts for end in part[1:]], dtype=np.int64)


class IdSpace:
    """Number the identity numbers of `length` characters with a date in the given years."""

    def __init__(self, first_year: int, last_year: int, *, length: int) -> None:
        self._length = length
        self._first = (date(first_year, 1, 1) - FIRST_DAY).days
        self._days = (date(last_year, 12, 31) - FIRST_DAY).days - self._first + 1

    @property
    def size(self) -> int:
        """Return how many numbers there are."""
        return len(region_codes()) * self._days * SEQUENCES

    def exchanged(self, values: pl.Series, key: bytes, *, encrypt: bool) -> pl.Series:
        """Encrypt or decrypt the places of the numbers; null for what has none."""
        fitting = values.str.contains(self._form).fill_null(False).to_numpy()
        rows = np.flatnonzero(fitting)
        lines = np.full((len(values), self._length), ZERO, dtype=np.uint8)
        done = np.zeros(len(values), dtype=np.bool_)
        if len(rows):
            places, known = self._places(Texts.of(values).matrix(rows, self._length))
            cipher = IndexCipher(key, str(self._length).encode("ascii"), self.size)
            change = cipher.encrypted if encrypt else cipher.decrypted
            lines[rows[known]] = self._numbers(change(places[known]))
            done[rows[known]] = True
        return column_of_lines(values.name, lines, done)

    @property
    def _form(self) -> str:
        return r"^[1-8][0-9]{16}[0-9X]$" if self._length == 18 else r"^[1-8][0-9]{14}$"

    @cached_property
    def _dates(self) -> tuple[Integers, Integers]:
        """Return the dates of the years as numbers such as 19900501, and which day each is."""
        days = np.arange(self._first, self._first + self._days).astype("datetime64[D]")
        frame = pl.DataFrame({"day": days})
        written = frame.select(pl.col("day").dt.strftime("%Y%m%d").cast(pl.Int64)).to_series()
        return written.to_numpy(), np.arange(self._days)

    def _places(self, lines: Bytes) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        """Return the place of each number, and whether it has one."""
        digits = lines.astype(np.int64) - ZERO
        region, sequence = _joined(digits[:, :6]), _joined(digits[:, -4:-1])
        if self._length == 18:
            born = _joined(digits[:, 6:14])
            right = CHECKS.take(digits[:, :17] @ np.array(WEIGHTS) % 11) == lines[:, 17]
        else:
            born, sequence = 19_000_000 + _joined(digits[:, 6:12]), _joined(digits[:, 12:])
            right = np.ones(len(lines), dtype=np.bool_)
        regions, (dates, _) = region_codes(), self._dates
        region_place = np.minimum(np.searchsorted(regions, region), len(regions) - 1)
        day = np.minimum(np.searchsorted(dates, born), len(dates) - 1)
        known = right & (regions[region_place] == region) & (dates[day] == born)
        places = (region_place * self._days + day) * SEQUENCES + sequence
        return places.astype(np.uint64), known

    def _numbers(self, places: NDArray[np.uint64]) -> Bytes:
        """Write the numbers at some places."""
        rest, sequence = np.divmod(places.astype(np.int64), SEQUENCES)
        region, day = np.divmod(rest, self._days)
        born = self._dates[0][day]
        if self._length == 15:
            parts = [(region_codes()[region], 6), (born % 1_000_000, 6), (sequence, 3)]
            return np.hstack([_written(*part) for part in parts])
        parts = [(region_codes()[region], 6), (born, 8), (sequence, 3)]
        digits = np.hstack([_written(*part) for part in parts])
        checks = CHECKS.take((digits.astype(np.int64) - ZERO) @ np.array(WEIGHTS) % 11)
        return np.hstack([digits, checks[:, None]])


def _joined(digits: Integers) -> Integers:
    answer: Integers = digits @ 10 ** np.arange(digits.shape[1] - 1, -1, -1)
    return answer


def _written(numbers: Integers, width: int) -> Bytes:
    digits = numbers[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10
    return (digits + ZERO).astype(np.uint8)
