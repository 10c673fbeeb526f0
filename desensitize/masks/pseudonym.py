"""Replace values by keyed pseudonyms (HMAC-SHA256)."""

import polars as pl

from desensitize.crypto import Key, hmac_sha256
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text

ALL_DIGITS = 64


class Pseudonym(Mask):
    """Replace each value by hexadecimal digits of its HMAC-SHA256 (RFC 2104); nulls stay null.

    Equal values get equal pseudonyms for one recipient and purpose, and unrelated ones for others.
    Eight digits are the least: fewer would let different people collide often. The code's key is
    the derived one, written as hexadecimal digits.
    """

    description = MaskDescription(
        "pseudonym",
        (
            OptionDescription("digits", "integer", default=32, minimum=8, maximum=ALL_DIGITS),
            PURPOSE,
        ),
        pseudonymous=True,
        needs_key=True,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the pseudonyms of the values as text.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        key, digits = self.key(context), self.options.integer("digits")
        return elementwise(
            as_text(values, context.dtype), lambda texts: _pseudonyms(texts, key, digits)
        )


def _pseudonyms(texts: pl.Series, key: Key, digits: int) -> pl.Series:
    codes = hmac_sha256(texts, key.reveal().hex())
    return codes if digits == ALL_DIGITS else codes.str.head(digits)
