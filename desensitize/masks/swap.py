"""Let values change places."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto import Key, cmac_words
from desensitize.crypto.row_random import uniform
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import nothing


class Swap(Mask):
    """Let the values of a column change places with others of nearly their rank.

    A value moves by at most `window` percent of the ranks; with 100 all are shuffled. With
    `block`, the name of another column, values move only among rows that agree in it. The values
    and their distribution stay, so each is still seen in clear, in another row. Nulls stay where
    they are; lists and records become null. Needs the whole column. How far a row's value moves is
    drawn by what the row holds in the source, so that another version of the table moves it as far.
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
        content_keyed=True,
        whole_column=True,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the values in their new places.

        Raises:
            DesensitizeError: `key-needed`, or `unknown-column` for the block.
        """
        key, share = self.key(context), (self.options.number("window") or 0.0) / 100
        if context.dtype.is_nested() or context.dtype in (pl.Object, pl.Unknown):
            return nothing(values, context.dtype)
        block = pl.lit("")
        if self.options["block"] is not None:
            block = self.beside("block", context)
        pairs = pl.struct(
            values.alias("value"), block.alias("block"), context.content.alias("drawn by")
        )
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
    drawn = _drawn(pairs.struct.field("drawn by").gather(places), key)[order]
    moved = np.lexsort((ranks + drawn * np.maximum(1.0, share * sizes), blocks[order]))
    sources = np.empty(len(values), dtype=np.int64)
    sources[places[order]] = places[order[moved]]
    missing = values.is_null()
    sources[missing.to_numpy()] = np.flatnonzero(missing.to_numpy())
    return values.gather(sources).alias(pairs.name)


def _drawn(content: pl.Series, key: Key) -> NDArray[np.float64]:
    """Draw a number for each row by what it holds; rows that are alike draw one after the other."""
    table = content.alias("content").to_frame()
    alike = pl.col("content").cum_count().over("content")
    texts = table.select(pl.format("{}\x1e{}", alike, "content")).to_series()
    return uniform(cmac_words(texts, key.reveal())[:, 0])
