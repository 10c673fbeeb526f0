"""Make synthetic copies of a table, and of parts of it, as a treatment to try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, isfinite
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic import read_domains, synthesize
from desensitize.privacy.synthetic.domains import MOST_COLUMNS

MOST_VALUES = 200
"""A column of more different values is counted in ranges, or left out where it holds texts."""
LEAST_PARTICLES, MOST_PARTICLES = 2_000, 20_000
"""A copy to try is drawn from fewer than one that goes out: it is made again several times."""


class CopyMaker:
    """Make a copy of the same columns of any part of a table, of the same part only once.

    What values there can be is read from the table: a copy to try stays where the table is. For
    one that goes out somebody must know them beforehand.
    """

    def __init__(
        self,
        source: Path,
        columns: Sequence[str],
        budget: tuple[float | str, str],
        person: str | None,
        seed: int,
        tick: Callable[[], None],
    ) -> None:
        """Read what values the columns can have.

        Raises:
            DesensitizeError: `bad-domains` where no column can be copied.
        """
        table = pl.read_parquet(source, columns=[name for name in columns if name != person])
        given = {name: _domain(table[name]) for name in table.columns}
        known = {name: one for name, one in given.items() if one is not None}
        self.domains = read_domains(dict(list(known.items())[:MOST_COLUMNS]))
        self.budget = Budget.of(*budget)
        rows = 1
        if person is not None:
            persons = pl.scan_parquet(source).group_by(person).len()
            rows = int(persons.select(pl.col("len").max()).collect().item() or 1)
        self.contribution = Contribution(person, rows)
        self.seed, self.tick = seed, tick
        self.particles = min(MOST_PARTICLES, max(LEAST_PARTICLES, 2 * table.height))

    def __call__(self, source: Path, target: Path) -> None:
        """Write a copy of a part of the table."""
        self.tick()
        unit = self.contribution.unit
        names = [name for name in pl.read_parquet_schema(source) if name != unit]
        synthesize(
            source,
            target,
            domains=self.domains,
            budget=self.budget,
            contribution=self.contribution,
            left_out=[name for name in names if name not in self.domains],
            particles=self.particles,
            seed=self.seed,
        )


def _domain(column: pl.Series) -> dict[str, Any] | None:
    values, missing = column.drop_nulls().unique().sort(), column.null_count() > 0
    if not len(values) or column.dtype.is_nested():
        return None
    if len(values) <= MOST_VALUES and not column.dtype.is_float():
        return {"values": values.cast(pl.String).to_list(), "missing": missing}
    ends: list[Any] = [values.first(), values.last()]
    if column.dtype == pl.Date:
        return {"low": str(ends[0]), "high": str(ends[1]), "missing": missing}
    if column.dtype.is_integer():
        return {"low": ends[0], "high": ends[1], "missing": missing}
    if column.dtype.is_float() and all(isfinite(end) for end in ends):
        low, high = floor(ends[0]), ceil(ends[1])
        return {"low": low, "high": max(high, low + 1), "decimals": 2, "missing": missing}
    return None
