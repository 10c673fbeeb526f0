"""Cut coordinates down to a grid."""

import polars as pl

from desensitize.masks.contract import NUMBERS, Mask, MaskContext, MaskDescription
from desensitize.masks.numbers import as_numbers
from desensitize.masks.options import OptionDescription

NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,20})?"
PAIR = rf"^\s*[(\[]?\s*({NUMBER})°?\s*[,，;；\s]\s*({NUMBER})°?\s*[)\]]?\s*$"
FARTHEST = 180


class TruncateCoordinates(Mask):
    """Replace a latitude or longitude in degrees by the south-west corner of its cell in a grid.

    A cell measures 0.01 degrees, about 1.1 km, with 2 decimals, ten times as much with each one
    less. Texts may hold one number or a pair, as in “31.2304, 121.4737”. What is no number within
    180 degrees becomes null. A coordinate with no more decimals can stay as it is.
    """

    description = MaskDescription(
        "truncate_coordinates",
        (OptionDescription("decimals", "integer", default=2, minimum=0, maximum=4),),
        releases_clear=True,
        takes=(*NUMBERS, "text"),
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the corners: as numbers, or as text where the column holds texts."""
        if context.dtype != pl.String:
            return self._corner(as_numbers(values, context.dtype))
        pair = [
            self._corner(as_numbers(values.str.extract(PAIR, part), context.dtype))
            for part in (1, 2)
        ]
        both = pl.concat_str(*(self._shown(part) for part in pair), separator=",")
        return pl.coalesce(both, self._shown(self._corner(as_numbers(values, context.dtype))))

    def _corner(self, numbers: pl.Expr) -> pl.Expr:
        decimals = self.options.integer("decimals")
        # Half a millionth of a cell lets 0.29 stay itself, which is 28.999… hundredths.
        cells = (numbers * 10**decimals + 5e-7).floor()
        return pl.when(numbers.abs() <= FARTHEST).then((cells / 10**decimals).round(decimals))

    @staticmethod
    def _shown(numbers: pl.Expr) -> pl.Expr:
        return numbers.cast(pl.String)
