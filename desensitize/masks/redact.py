"""Black out values while showing where there was one."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription


class Redact(Mask):
    """Put the same mark in place of every value, whatever its length; nulls stay null."""

    description = MaskDescription(
        "redact", (OptionDescription("mark", "text", default="***"),), one_value=True
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the mark where there is a value."""
        return pl.when(values.is_not_null()).then(pl.lit(self.options.text("mark")))
