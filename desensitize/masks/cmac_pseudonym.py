"""Replace values by keyed pseudonyms (AES-CMAC)."""

import polars as pl

from desensitize.crypto import aes_cmac
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text


class CmacPseudonym(Mask):
    """Replace each value by hexadecimal digits of its AES-CMAC (NIST SP 800-38B); nulls stay null.

    The same promises as `pseudonym`, at a fraction of its time. The key has 32 bytes (AES-256).
    """

    description = MaskDescription(
        "cmac_pseudonym",
        (OptionDescription("digits", "integer", default=32, minimum=8, maximum=32), PURPOSE),
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
            as_text(values, context.dtype),
            lambda texts: aes_cmac(texts, key.reveal(), digits=digits),
        )
