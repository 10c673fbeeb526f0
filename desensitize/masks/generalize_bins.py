"""Round numbers into intervals of one width."""

import polars as pl

from desensitize.masks.contract import NUMBERS, Mask, MaskContext, MaskDescription
from desensitize.masks.numbers import as_numbers
from desensitize.masks.options import OptionDescription


class GeneralizeBins(Mask):
    """Replace a number by the half-open interval “[20, 30)” that holds it.

    What is not a finite number becomes null.
    """

    description = MaskDescription(
        "generalize_bins",
        (
            OptionDescription("width", "number", required=True, minimum=1e-9),
            OptionDescription("origin", "number", default=0),
        ),
        takes=NUMBERS,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the labels of the intervals."""
        width, origin = self.options.number("width") or 1.0, self.options.number("origin") or 0.0
        index = ((as_numbers(values, context.dtype) - origin) / width).floor()
        whole = width.is_integer() and origin.is_integer()

        def bound(number: pl.Expr) -> pl.Expr:
            # Beyond 64 bits an edge cannot be written as a whole number: such values go null.
            return (number.cast(pl.Int64, strict=False) if whole else number).cast(pl.String)

        low, high = bound(index * width + origin), bound((index + 1) * width + origin)
        return pl.concat_str(pl.lit("["), low, pl.lit(", "), high, pl.lit(")"))
