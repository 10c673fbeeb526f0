"""Replace a whole column by one value."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription


class Constant(Mask):
    """Put the same text in every row, so that not even nulls can be told apart."""

    description = MaskDescription(
        "constant", (OptionDescription("value", "text", required=True),), one_value=True
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the constant in every row."""
        # Tied to the column, since a bare literal would have length one.
        return (
            pl.when(values.is_null())
            .then(pl.lit(self.options.text("value")))
            .otherwise(pl.lit(self.options.text("value")))
        )
