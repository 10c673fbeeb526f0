"""The table that is assessed, and the count of one rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from valuation.errors import ValuationError
from valuation.suggestion import did_you_mean

DIMENSIONS: Final = (
    "normality",
    "completeness",
    "accuracy",
    "consistency",
    "timeliness",
    "accessibility",
)


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
                "quality-dimension-unknown",
                given=self.dimension,
                advice=did_you_mean(self.dimension, DIMENSIONS),
            )
        if not 0 <= self.passed <= self.total or self.total == 0:
            raise ValuationError(
                "check-impossible", rule=self.rule, passed=self.passed, total=self.total
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
                    "quality-row-ragged", row=number, given=len(row), expected=len(self.columns)
                )

    def column(self, name: str) -> list[object]:
        """Return the cells of one column from the top."""
        if name not in self.columns:
            raise ValuationError(
                "quality-column-unknown", column=name, advice=did_you_mean(name, self.columns)
            )
        place = list(self.columns).index(name)
        return [row[place] for row in self.rows]
