"""Cut dates down to year, quarter or month."""

import polars as pl

from desensitize.masks.contract import DAYS, Mask, MaskContext, MaskDescription
from desensitize.masks.dates import as_dates
from desensitize.masks.options import OptionDescription


class TruncateDate(Mask):
    """Replace a date by its year “1990”, quarter “1990-Q2” or month “1990-05”.

    Texts are read in five usual orders of year, month and day; what is no date becomes null.
    """

    description = MaskDescription(
        "truncate_date",
        (
            OptionDescription(
                "unit", "choice", default="year", choices=("year", "quarter", "month")
            ),
        ),
        takes=DAYS,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the shortened dates as text."""
        dates = as_dates(values, context.dtype)
        year = dates.dt.year().cast(pl.String)
        unit = self.options.text("unit")
        if unit == "quarter":
            return pl.concat_str(year, pl.lit("-Q"), dates.dt.quarter().cast(pl.String))
        if unit == "month":
            return dates.dt.strftime("%Y-%m")
        return year
