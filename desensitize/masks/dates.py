"""Read the values of a column as dates, whatever their type."""

import polars as pl

from desensitize.masks.calendar import within_calendar
from desensitize.masks.contract import as_text

TEXT_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


def as_dates(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Answer the values as dates of the years 1 to 9999; null where a value is no such date."""
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        return within_calendar(values.cast(pl.Date), pl.Date())
    text = as_text(values, dtype).str.strip_chars()
    readings = [text.str.to_date(order, strict=False) for order in TEXT_FORMATS]
    return within_calendar(pl.coalesce(readings), pl.Date())
