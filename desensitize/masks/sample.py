"""Draw a share of the rows."""

import numpy as np
import polars as pl

from desensitize.crypto import Key, cmac_words
from desensitize.crypto.row_random import row_words, uniform
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text


class Sample(Mask):
    """Leave the column out, and keep only a share of the rows, drawn by the key.

    By `row`, each row is drawn by its number. By `value`, all rows with one value of this column
    are drawn together, as for an identity number with several rows a person; rows without a value
    are left out. The share is met on average, not exactly. Where a row comes or goes, those
    behind it are drawn anew: draw by `value` from a table that comes again.
    """

    description = MaskDescription(
        "sample",
        (
            OptionDescription("share", "number", required=True, minimum=1e-6, maximum=1),
            OptionDescription("by", "choice", default="row", choices=("row", "value")),
            PURPOSE,
        ),
        needs_key=True,
        row_keyed=True,
        draws_rows=True,
        omits_column=True,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> None:
        """Return None: the column has no place in the output."""

    def chosen_rows(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return which rows are drawn.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        key, share = self.key(context), self.options.number("share") or 0.0
        if self.options.text("by") == "row":
            return elementwise(context.row, lambda rows: _rows(rows, key, share), pl.Boolean())
        texts = as_text(values, context.dtype)
        return elementwise(texts, lambda batch: _values(batch, key, share), pl.Boolean())


def _rows(rows: pl.Series, key: Key, share: float) -> pl.Series:
    return pl.Series(rows.name, uniform(row_words(rows, key.reveal())[:, 0]) < share)


def _values(texts: pl.Series, key: Key, share: float) -> pl.Series:
    drawn = uniform(cmac_words(texts, key.reveal())[:, 0]) < share
    return pl.Series(texts.name, np.logical_and(drawn, texts.is_not_null().to_numpy()))
