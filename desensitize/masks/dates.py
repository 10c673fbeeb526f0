"""Read the values of a column as dates, whatever their type."""

import polars as pl

from desensitize.masks.calendar import within_calendar
from desensitize.masks.contract import elementwise
from desensitize.masks.texts import as_text

TEXT_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


def as_dates(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the values as dates of the years 1 to 9999; null where a value is no such date."""
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        return within_calendar(values.cast(pl.Date), pl.Date())
    return elementwise(as_text(values, dtype).str.strip_chars(), _read, pl.Date())


def _read(texts: pl.Series) -> pl.Series:
    dates = _in_order(texts, TEXT_FORMATS[0])
    for order in TEXT_FORMATS[1:]:
        # Most columns keep to one order, and each further one costs as much as the first.
        if dates.null_count() == texts.null_count():
            break
        dates = dates.zip_with(dates.is_not_null(), _in_order(texts, order))
    # In here, since an expression that names a kernel twice runs it twice.
    return dates.to_frame("").select(within_calendar(pl.col(""), pl.Date())).to_series()


def _in_order(texts: pl.Series, order: str) -> pl.Series:
    # A cache of a batch's dates costs more than reading them again.
    return texts.str.to_date(order, strict=False, cache=False)
