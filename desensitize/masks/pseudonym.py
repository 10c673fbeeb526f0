"""Replace values by keyed pseudonyms."""

from functools import partial

import polars as pl

from desensitize.crypto import pseudonyms
from desensitize.errors import DesensitizeError
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription


class Pseudonym(Mask):
    """Replace each value by hexadecimal digits of its HMAC-SHA256 (RFC 2104), nulls by null.

    Equal values get equal pseudonyms for one recipient and purpose, and unrelated ones for others.
    Eight digits are the least: fewer would let different people collide often.
    """

    description = MaskDescription(
        "pseudonym",
        (
            OptionDescription("digits", "integer", default=32, minimum=8, maximum=64),
            OptionDescription("purpose", "text", default="pseudonym"),
        ),
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer the pseudonyms of the values as text.

        Raises:
            DesensitizeError: `key_needed` when there are no keys.
        """
        if context.keys is None:
            raise DesensitizeError("key_needed", mask=self.description.name, column=context.column)
        key = context.keys.key(column=context.column, purpose=self.options.text("purpose"))
        compute = partial(pseudonyms, key=key, digits=self.options.integer("digits"))
        return values.cast(pl.String).map_batches(
            compute, return_dtype=pl.String, is_elementwise=True
        )
