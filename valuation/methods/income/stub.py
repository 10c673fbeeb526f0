"""A first period that is shorter than a year, from the valuation date to its end.

`t_0 = days / 365`; mid-period money of the first period comes after `t_0 / 2`, that of the k-th
year after it at `t_0 + k − 0.5`; at the end of periods `t_0` and `t_0 + k`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node
from valuation.rounding import to_decimal

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAY_COUNTS: Final = ("ACT/365", "ACT/360", "30/360", "ACT/ACT")


def day_from(fields: Fields, field: str) -> date:
    """Return a required day, written as 2025-09-30.

    Raises:
        ValuationError: it is missing, or no such day.
    """
    given = fields.require(field, "Give a day such as 2025-09-30.")
    if isinstance(given, date):
        return date(given.year, given.month, given.day)
    if isinstance(given, str) and _DATE.fullmatch(given.strip()):
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            pass
    raise ValuationError("date-unreadable", field=fields.name(field), given=str(given)[:40])


def first_period(fields: Fields) -> tuple[Fraction, Node]:
    """Compute `t0`, the length of the first period in years, above 0 and at most about one.

    Raises:
        ValuationError: a date is missing or unreadable, the period does not end after the
            valuation date, or it is longer than a year.
    """
    start, end = day_from(fields, "valuation_date"), day_from(fields, "first_period_end")
    if end <= start:
        raise ValuationError(
            "dates-reversed",
            first=fields.name("valuation_date"),
            second=fields.name("first_period_end"),
        )
    if (end - start).days > 366:
        raise ValuationError(
            "first-period-too-long", field=fields.name("first_period_end"), given=end.isoformat()
        )
    count = "ACT/365"
    if fields.has("day_count"):
        count = fields.one_of("day_count", DAY_COUNTS, "Say ACT/365.")
    years = _years(start, end, count)
    if not years:
        raise ValuationError(
            "dates-reversed",
            first=fields.name("valuation_date"),
            second=fields.name("first_period_end"),
        )
    formula = f"{end.isoformat()} − {start.isoformat()}, {count}"
    return years, Node("t0", to_decimal(years), "years", formula)


def _years(start: date, end: date, count: str) -> Fraction:
    if count == "30/360":
        first = min(start.day, 30)
        last = 30 if end.day == 31 and first == 30 else end.day
        days = 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first
        return Fraction(days, 360)
    if count == "ACT/ACT":
        total, day = Fraction(0), start
        while day < end:
            until = min(date(day.year + 1, 1, 1), end)
            total += Fraction((until - day).days, 366 if calendar.isleap(day.year) else 365)
            day = until
        return total
    return Fraction((end - start) // timedelta(days=1), 360 if count == "ACT/360" else 365)
