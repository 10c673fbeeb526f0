"""Let values change places."""

import numpy as np
import polars as pl

from desensitize.crypto import Key
from desensitize.crypto.row_random import row_words, uniform
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, nothing
from desensitize.masks.options import PURPOSE, OptionDescription


class Swap(Mask):
    """Let the values of a column change places with others of nearly their rank.

    A value moves by at most `window` percent of the ranks; with 100 all are shuffled. With
    `block`, the name of another column, values move only among rows that agree in it. The values
    and their distribution stay, so each is still seen in clear, in another row. Nulls stay where
    they are; lists and records become null. Needs the whole column.
    """

    description = MaskDescription(
        "swap",
        (
            OptionDescription("window", "number", default=5, minimum=0.001, maximum=100),
            OptionDescription("block", "column"),
            PURPOSE,
        ),
        releases_clear=True,
        needs_key=True,
        whole_column=True,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer the values in their new places.

        Raises:
            DesensitizeError: `key_needed`, or `unknown_column` for the block.
        """
        key, share = self.key(context), (self.options.number("window") or 0.0) / 100
        if context.dtype.is_nested() or context.dtype in (pl.Object, pl.Unknown):
            return nothing(values, context.dtype)
        block = pl.lit("")
        if self.options["block"] is not None:
            block = self.beside("block", context)
        pairs = pl.struct(values.alias("value"), block.alias("block"))
        return pairs.map_batches(
            lambda both: _swapped(both, key, share), return_dtype=context.dtype
        )


def _swapped(pairs: pl.Series, key: Key, share: float) -> pl.Series:
    values = pairs.struct.field("value")
    places = np.flatnonzero(values.is_not_null().to_numpy())
    if not len(places):
        return values.alias(pairs.name)
    present = values.gather(places)
    blocks = pairs.struct.field("block").gather(places).rank("dense").fill_null(0).to_numpy()
    order = np.lexsort((present.rank("ordinal").to_numpy(), blocks))
    ranks = np.arange(len(order), dtype=np.float64)
    sizes = np.bincount(blocks.astype(np.int64))[blocks.astype(np.int64)[order]]
    drawn = uniform(row_words(pl.Series(np.arange(len(order))), key.reveal())[:, 0])
    moved = np.lexsort((ranks + drawn * np.maximum(1.0, share * sizes), blocks[order]))
    sources = np.empty(len(values), dtype=np.int64)
    sources[places[order]] = places[order[moved]]
    missing = values.is_null()
    sources[missing.to_numpy()] = np.flatnonzero(missing.to_numpy())
    return values.gather(sources).alias(pairs.name)
