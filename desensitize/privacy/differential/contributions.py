"""Bound what one person can change."""

from dataclasses import dataclass

import polars as pl

from desensitize.errors import DesensitizeError, nearest


@dataclass(frozen=True)
class Contribution:
    """Say how rows belong to persons, and how many rows of one person count.

    `unit` names the column that tells persons apart; None means that each row is a person. Of a
    person with more than `rows` rows the first ones count. Rows without a person count as those of
    one person.

    Raises:
        DesensitizeError: `bad-contribution`.
    """

    unit: str | None = None
    rows: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.rows, bool) or not isinstance(self.rows, int) or self.rows < 1:
            raise DesensitizeError("bad-contribution")
        if self.unit is None and self.rows != 1:
            raise DesensitizeError("bad-contribution")

    def bounded(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """Return the rows that count: adding or removing a person changes at most `rows` of them.

        Raises:
            DesensitizeError: `unknown-column`.
        """
        if self.unit is None:
            return table
        check_column(table, self.unit)
        return table.filter(pl.int_range(pl.len()).over(self.unit) < self.rows)


def check_column(table: pl.LazyFrame, name: str) -> None:
    """Raise `unknown-column` unless the table has the column."""
    names = table.collect_schema().names()
    if name not in names:
        raise DesensitizeError("unknown-column", column=name, nearest=nearest(name, names))
