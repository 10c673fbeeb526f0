"""Release values as they are."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription


class Keep(Mask):
    """Leave every value in clear."""

    description = MaskDescription("keep", releases_clear=True)

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the values unchanged."""
        return values
