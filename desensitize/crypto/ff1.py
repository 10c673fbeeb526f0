"""FF1, encryption that keeps length and characters (NIST SP 800-38G), over a column."""

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto.aes_blocks import AesBlocks
from desensitize.crypto.ff1_long import long_decrypted, long_encrypted
from desensitize.crypto.ff1_rounds import ROWS, Rounds, fits
from desensitize.crypto.ff1_shape import Shape
from desensitize.crypto.numerals import LARGEST_RADIX, LEAST_RADIX, NOT_A_NUMERAL, Numerals
from desensitize.crypto.texts import Bytes, Places, Texts, column_of
from desensitize.errors import DesensitizeError

KEY_BYTES = (16, 24, 32)
LONGEST_TWEAK = 65_535
# Far beyond any number of a person; a cell of text must not keep the cipher busy.
LONGEST = 256


class Ff1:
    """Encrypt and decrypt columns under one key and one tweak.

    Numerals are digits, small letters and capitals in this order, the first `radix` of them.
    Characters of `separators` stay where they are. A value with any other character, with fewer
    than a million possible values of its length (the standard's bound), or longer than 256 bytes
    becomes null; nulls stay null. Lengths do not change.

    Raises:
        DesensitizeError: `bad-ff1-key`, `bad-ff1-radix`, `bad-ff1-tweak` or `bad-separators`.
    """

    def __init__(
        self, key: bytes, tweak: bytes = b"", *, radix: int = 10, separators: str = ""
    ) -> None:
        if len(key) not in KEY_BYTES:
            raise DesensitizeError("bad-ff1-key")
        if not LEAST_RADIX <= radix <= LARGEST_RADIX:
            raise DesensitizeError("bad-ff1-radix", low=LEAST_RADIX, high=LARGEST_RADIX)
        if len(tweak) > LONGEST_TWEAK:
            raise DesensitizeError("bad-ff1-tweak", limit=LONGEST_TWEAK)
        self._numerals = Numerals(radix)
        if not separators.isascii() or set(separators) & set(self._numerals.characters):
            raise DesensitizeError("bad-separators")
        self._cipher = AesBlocks(key, ROWS)
        self._tweak = tweak
        self._kept = np.zeros(256, dtype=np.bool_)
        self._kept[list(separators.encode("ascii"))] = True
        self._rounds: dict[int, Rounds] = {}

    def encrypt(self, values: pl.Series) -> pl.Series:
        """Encrypt a column of texts."""
        return self._changed(values, encrypt=True)

    def decrypt(self, values: pl.Series) -> pl.Series:
        """Decrypt a column of texts that `encrypt` made."""
        return self._changed(values, encrypt=False)

    def _changed(self, values: pl.Series, *, encrypt: bool) -> pl.Series:
        texts = Texts.of(values)
        data = np.zeros_like(texts.data)
        done = np.zeros(len(values), dtype=np.bool_)
        for rows, length in self._chunks(texts):
            lines = texts.matrix(rows, length)
            numerals = self._numerals.values.take(lines)
            for places, pattern in self._patterns(lines, numerals):
                shape = Shape(self._numerals.radix, int(pattern.sum()))
                if not shape.large_enough:
                    continue
                whole, plain = len(places) == len(rows), bool(pattern.all())
                part = numerals if whole else numerals[places]
                answer = self._written(part if plain else part[:, pattern], shape, encrypt=encrypt)
                if not plain:
                    kept = lines if whole else lines[places]
                    kept[:, pattern] = answer
                    answer = kept
                chosen = rows if whole else rows[places]
                texts.put(answer, chosen, data)
                done[chosen] = True
        return column_of(values.name, data, texts.offsets, done)

    def _chunks(self, texts: Texts) -> Iterator[tuple[Places, int]]:
        for start in range(0, len(texts.present), ROWS):
            present = texts.present[start : start + ROWS]
            for length, rows in texts.by_length(np.flatnonzero(present) + start):
                if 0 < length <= LONGEST:
                    yield rows, length

    def _patterns(
        self, lines: Bytes, numerals: Bytes
    ) -> Iterator[tuple[Places, NDArray[np.bool_]]]:
        """Hand out each way in which numerals and separators alternate, with its lines."""
        if numerals.max() != NOT_A_NUMERAL:
            yield np.arange(len(lines)), np.ones(lines.shape[1], dtype=np.bool_)
            return
        is_numeral = numerals != NOT_A_NUMERAL
        places = np.flatnonzero((is_numeral | self._kept.take(lines)).all(axis=1))
        if not len(places):
            return
        packed = np.packbits(is_numeral[places], axis=1)
        if (packed == packed[0]).all():
            yield places, is_numeral[places[0]]
            return
        _, starts, groups = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(groups.reshape(-1), kind="stable")
        edges = np.cumsum(np.bincount(groups.reshape(-1)))[:-1]
        for start, part in zip(starts, np.split(order, edges), strict=True):
            yield places[part], is_numeral[places[start]]

    def _written(self, numerals: Bytes, shape: Shape, *, encrypt: bool) -> Bytes:
        if not fits(shape):
            change: Callable[..., list[int]] = long_encrypted if encrypt else long_decrypted
            answers = [change(line, self._cipher, shape, self._tweak) for line in numerals.tolist()]
            return self._numerals.shown(np.array(answers, dtype=np.uint8))
        rounds = self._rounds.get(shape.length)
        if rounds is None:
            rounds = self._rounds[shape.length] = Rounds(self._cipher, shape, self._tweak)
        left = self._numerals.numbers(numerals[:, : shape.left])
        right = self._numerals.numbers(numerals[:, shape.left :])
        left, right = rounds.encrypted(left, right) if encrypt else rounds.decrypted(left, right)
        lines = np.empty(numerals.shape, dtype=np.uint8)
        self._numerals.written(left, shape.left, lines[:, : shape.left])
        self._numerals.written(right, shape.right, lines[:, shape.left :])
        return lines
