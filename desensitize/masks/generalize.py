"""Leave the generalization of a quasi-identifier to the anonymizing search."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription

ANYTHING = "*"


class Generalize(Mask):
    """Let the search choose how coarse each row's value becomes.

    Rows of the hierarchy run from the value itself to the coarsest label; without one it is made
    from the data. Outside a search nothing finer than “*” may be published.
    """

    description = MaskDescription(
        "generalize", (OptionDescription("hierarchy", "table"),), releases_clear=True
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer “*” where there is a value."""
        return pl.when(values.is_not_null()).then(pl.lit(ANYTHING))
