"""Dates that a calendar has."""

from datetime import date

import polars as pl

FIRST_DAY = (date(1, 1, 1) - date(1970, 1, 1)).days
LAST_DAY = (date(9999, 12, 31) - date(1970, 1, 1)).days
PER_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def within_calendar(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the dates, or dates with times, of the years 1 to 9999; null for others.

    Files can hold others, which no text can be made of.
    """
    per_day = PER_DAY[dtype.time_unit] if isinstance(dtype, pl.Datetime) else 1
    first, last = FIRST_DAY * per_day, (LAST_DAY + 1) * per_day - 1
    # What lies beyond 64 bits cannot be there.
    first, last = max(first, -(2**63)), min(last, 2**63 - 1)
    return pl.when(values.to_physical().cast(pl.Int64).is_between(first, last)).then(values)
