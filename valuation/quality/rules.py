"""Rules that a row, a cell or an attempt passes or fails; each counts and names what fails."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import decimal_from
from valuation.suggestion import did_you_mean

DIMENSIONS: Final = (
    "normality",
    "completeness",
    "accuracy",
    "consistency",
    "timeliness",
    "accessibility",
)

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Check:
    """The count of one rule: `failing_rows` are row numbers from 1, where rows can be named.

    Raises:
        ValuationError: the dimension is none of `DIMENSIONS`, or the counts are impossible.
    """

    dimension: str
    rule: str
    passed: int
    total: int
    failing_rows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.dimension not in DIMENSIONS:
            raise ValuationError(
                "QUALITY_DIMENSION_UNKNOWN",
                given=self.dimension,
                advice=did_you_mean(self.dimension, DIMENSIONS),
            )
        if not 0 <= self.passed <= self.total or self.total == 0:
            raise ValuationError(
                "CHECK_IMPOSSIBLE", rule=self.rule, passed=self.passed, total=self.total
            )


@dataclass(frozen=True)
class Table:
    """Rows of cells under named columns; None is an empty cell.

    Raises:
        ValuationError: a row has not one cell for each column.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValuationError(
                    "QUALITY_ROW_RAGGED", row=number, given=len(row), expected=len(self.columns)
                )

    def column(self, name: str) -> list[object]:
        """Give the cells of one column from the top."""
        if name not in self.columns:
            raise ValuationError(
                "QUALITY_COLUMN_UNKNOWN", column=name, advice=did_you_mean(name, self.columns)
            )
        place = list(self.columns).index(name)
        return [row[place] for row in self.rows]


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
    return _each(
        table,
        column,
        "normality",
        f"{column} is a date as YYYY-MM-DD",
        lambda cell: _date(cell) is not None,
    )


def at_least(table: Table, column: str, minimum: Decimal) -> Check:
    """Count the cells that hold a number of at least `minimum` (accuracy)."""

    def is_enough(cell: object) -> bool:
        try:
            return decimal_from(cell, column) >= minimum
        except ValuationError:
            return False

    return _each(table, column, "accuracy", f"{column} is at least {minimum}", is_enough)


def distinct(table: Table, column: str) -> Check:
    """Count the rows whose key is filled and did not stand in a row above (consistency)."""
    seen: set[object] = set()

    def is_new(cell: object) -> bool:
        if cell is None or cell in seen:
            return False
        seen.add(cell)
        return True

    return _each(table, column, "consistency", f"{column} is distinct", is_new)


def not_older_than(table: Table, column: str, *, days: int, as_of: datetime.date) -> Check:
    """Count the dates that are at most `days` before `as_of` and not after it (timeliness)."""

    def is_recent(cell: object) -> bool:
        date = _date(cell)
        return date is not None and 0 <= (as_of - date).days <= days

    return _each(
        table,
        column,
        "timeliness",
        f"{column} is at most {days} days before {as_of.isoformat()}",
        is_recent,
    )


def _each(
    table: Table, column: str, dimension: str, rule: str, passes: Callable[[object], bool]
) -> Check:
    answers = [passes(cell) for cell in table.column(column)]
    failing = tuple(number for number, passed in enumerate(answers, start=1) if not passed)
    return Check(dimension, rule, sum(answers), len(answers), failing)


def _date(cell: object) -> datetime.date | None:
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
