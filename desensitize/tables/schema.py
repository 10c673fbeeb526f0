"""Names of column types that people and other programs can rely on."""

import polars as pl


def type_name(dtype: pl.DataType) -> str:
    """Return text, integer, decimal, float, boolean, date, datetime, time or other."""
    if dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum):
        return "text"
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "float"
    if dtype.is_decimal():
        return "decimal"
    names: dict[type[pl.DataType], str] = {
        pl.Boolean: "boolean",
        pl.Date: "date",
        pl.Datetime: "datetime",
        pl.Time: "time",
    }
    return names.get(type(dtype), "other")
