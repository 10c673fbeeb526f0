"""Leave a column out of the release."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription


class Drop(Mask):
    """Leave the whole column out."""

    description = MaskDescription("drop", omits_column=True)

    def expression(self, values: pl.Expr, context: MaskContext) -> None:
        """Return None: the column has no place in the output."""
