"""What one cell of a table holds, and counting the cells of a column that pass."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal

from valuation.errors import ValuationError
from valuation.inputs import decimal_from
from valuation.quality.counts import Check, Table

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def each(
    table: Table, column: str, dimension: str, rule: str, passes: Callable[[object], bool]
) -> Check:
    """Count the cells of a column that pass, and name the rows of those that do not."""
    answers = [passes(cell) for cell in table.column(column)]
    failing = tuple(number for number, passed in enumerate(answers, start=1) if not passed)
    return Check(dimension, rule, sum(answers), len(answers), failing)


def number_in(cell: object) -> Decimal | None:
    """Read a cell as a number, or return None."""
    try:
        return decimal_from(cell, "cell")
    except ValuationError:
        return None


def date_in(cell: object) -> datetime.date | None:
    """Read a cell as a calendar date (YYYY-MM-DD), or return None."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if not isinstance(cell, str) or not _ISO_DATE.fullmatch(cell):
        return None
    try:
        return datetime.date.fromisoformat(cell)
    except ValueError:
        return None


def is_date(cell: object) -> bool:
    """Return whether a cell holds a calendar date."""
    return date_in(cell) is not None


def is_recent(
    days: int, as_of: datetime.date, *, not_after: bool = True
) -> Callable[[object], bool]:
    """Return the test for dates at most `days` before `as_of`; `not_after` refuses later ones."""

    def passes(cell: object) -> bool:
        date = date_in(cell)
        if date is None or (not_after and date > as_of):
            return False
        return (as_of - date).days <= days

    return passes
