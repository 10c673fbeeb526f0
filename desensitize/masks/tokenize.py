"""Replace values by tokens of a chosen alphabet and length."""

from collections.abc import Mapping
from math import ceil, log
from types import MappingProxyType

import numpy as np
import polars as pl

from desensitize.crypto import Key, cmac_words
from desensitize.crypto.texts import column_of_lines
from desensitize.errors import DesensitizeError
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text

ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        "digits": "0123456789",
        # Without what people take for one another when they read aloud or copy: 0/O, 1/I/L, U/V.
        "readable": "23456789ABCDEFGHJKMNPQRSTVWXYZ",
        "letters": "abcdefghijklmnopqrstuvwxyz",
        "all": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    }
)
LEAST_TOKENS = 2**48
# A word of 64 bits holds ten characters of any of these alphabets.
LONGEST = 20


class Tokenize(Mask):
    """Replace each value by a keyed token of `length` characters; nulls stay null.

    Equal values get equal tokens for one recipient and purpose. Different values could share one
    by chance: n values are expected to do so n² / 2S times among S tokens. Fewer than 2⁴⁸ tokens
    are refused, so that among a million values that happens in one table of 500 at most.
    """

    description = MaskDescription(
        "tokenize",
        (
            OptionDescription("alphabet", "choice", default="readable", choices=tuple(ALPHABETS)),
            OptionDescription("length", "integer", default=16, minimum=9, maximum=LONGEST),
            PURPOSE,
        ),
        pseudonymous=True,
        needs_key=True,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        base = len(ALPHABETS[self.options.text("alphabet")])
        if base ** self.options.integer("length") < LEAST_TOKENS:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="length",
                expected=f"a whole number of at least {ceil(log(LEAST_TOKENS, base))}",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the tokens as text.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        key, length = self.key(context), self.options.integer("length")
        characters = ALPHABETS[self.options.text("alphabet")]
        return elementwise(
            as_text(values, context.dtype),
            lambda texts: _tokens(texts, key, length, characters),
        )


def _tokens(texts: pl.Series, key: Key, length: int, characters: str) -> pl.Series:
    shown = np.frombuffer(characters.encode("ascii"), dtype=np.uint8)
    base = np.uint64(len(characters))
    words = cmac_words(texts, key.reveal())
    lines = np.empty((len(texts), length), dtype=np.uint8)
    half = -(-length // 2)
    for word, start in ((words[:, 0], 0), (words[:, 1], half)):
        rest = word.byteswap()
        for place in range(start, min(start + half, length)):
            high = rest // base
            lines[:, place] = shown.take((rest - high * base).astype(np.intp))
            rest = high
    return column_of_lines(texts.name, lines, texts.is_not_null().to_numpy())
