"""Cut dates down to year, quarter or month."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription

TEXT_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


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
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer the shortened dates as text."""
        dates = self._dates(values, context.dtype)
        year = dates.dt.year().cast(pl.String)
        unit = self.options.text("unit")
        if unit == "quarter":
            return pl.concat_str(year, pl.lit("-Q"), dates.dt.quarter().cast(pl.String))
        if unit == "month":
            return dates.dt.strftime("%Y-%m")
        return year

    @staticmethod
    def _dates(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        if dtype == pl.Date or isinstance(dtype, pl.Datetime):
            return values.cast(pl.Date)
        text = values.cast(pl.String).str.strip_chars()
        readings = [text.str.to_date(order, strict=False) for order in TEXT_FORMATS]
        return pl.coalesce(readings)
