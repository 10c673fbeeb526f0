"""Rules that a row, a cell or an attempt passes or fails; each counts and names what fails."""

from __future__ import annotations

import datetime
from decimal import Decimal

from valuation.quality.cells import each, is_date, is_recent, number_in
from valuation.quality.counts import Check, Table


def counted(dimension: str, rule: str, *, passed: int, total: int) -> Check:
    """Take a count made elsewhere, such as successful reads out of attempts."""
    return Check(dimension, rule, passed, total)


def filled(table: Table) -> Check:
    """Count the cells that are not empty (completeness)."""
    empty = [sum(cell is None for cell in row) for row in table.rows]
    total = len(table.rows) * len(table.columns)
    failing = tuple(number for number, count in enumerate(empty, start=1) if count)
    return Check("completeness", "cells are filled", total - sum(empty), total, failing)


def iso_date(table: Table, column: str) -> Check:
    """Count the cells that hold a calendar date as YYYY-MM-DD (normality)."""
    return each(
        table,
        column,
        "normality",
        f"{column} is a date as YYYY-MM-DD",
        is_date,
    )


def at_least(table: Table, column: str, minimum: Decimal) -> Check:
    """Count the cells that hold a number of at least `minimum` (accuracy)."""

    def is_enough(cell: object) -> bool:
        number = number_in(cell)
        return number is not None and number >= minimum

    return each(table, column, "accuracy", f"{column} is at least {minimum}", is_enough)


def distinct(table: Table, column: str) -> Check:
    """Count the rows whose key is filled and did not stand in a row above (consistency)."""
    seen: set[object] = set()

    def is_new(cell: object) -> bool:
        if cell is None or cell in seen:
            return False
        seen.add(cell)
        return True

    return each(table, column, "consistency", f"{column} is distinct", is_new)


def not_older_than(table: Table, column: str, *, days: int, as_of: datetime.date) -> Check:
    """Count the dates that are at most `days` before `as_of` and not after it (timeliness)."""

    return each(
        table,
        column,
        "timeliness",
        f"{column} is at most {days} days before {as_of.isoformat()}",
        is_recent(days, as_of),
    )
