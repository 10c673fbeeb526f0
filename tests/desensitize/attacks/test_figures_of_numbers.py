"""How far rows are from people by numbers, dates and texts, cell by cell in plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import log2
from typing import Any

import numpy as np
import polars as pl
import pytest

from desensitize.attacks.nearest import LEVELS, UNIT, Scale

KNOWN = 2 * LEVELS + 1
"""So many numbers are known that each quantile is one of them."""
MISSING = 15
DAY = date(2026, 3, 1)


def invented(rows: int, seed: int) -> pl.DataFrame:
    """Draw numbers that bunch, days, and towns; some of each are missing."""
    random = np.random.default_rng(seed)
    pay = random.gamma(2.0, 9.0, rows).round(1)
    days = (random.normal(0, 40, rows) // 3 * 3).astype(int).tolist()
    table = pl.DataFrame(
        {
            "pay": np.where(random.random(rows) < 0.5, pay.round(), pay),
            "day": [DAY + timedelta(days=one) for one in days],
            "town": random.choice(["north", "south", "hill"], rows, p=[0.6, 0.3, 0.1]),
        }
    )
    gaps = {name: np.isin(np.arange(rows), random.permutation(rows)[:MISSING]) for name in "ab"}
    return table.with_columns(
        pl.when(pl.Series(gap).not_()).then(name).alias(name)
        for name, gap in zip(("pay", "day"), gaps.values(), strict=True)
    )


class Ruler:
    """Tell what is lost of a number of the source where another one stands, in units."""

    def __init__(self, cells: list[Any]) -> None:
        self.cells = cells
        known = sorted(one for one in cells if one is not None)
        step = (len(known) - 1) // LEVELS
        self.edges = sorted({known[step * place] for place in range(1, LEVELS)})
        self.times = Counter(cells)
        self.sizes = Counter(self.level(one) for one in cells)

    def level(self, cell: Any) -> int | None:
        """Count the quantiles that a number reaches."""
        return None if cell is None else sum(edge <= cell for edge in self.edges)

    def lost(self, mine: Any, its: Any) -> int:
        """Return units for ranks, and those for not being equal."""
        return self._by_rank(mine, its) + self._by_value(mine, its)

    def _by_rank(self, mine: Any, its: Any) -> int:
        if mine is None:
            return 0 if its is None else units(len(self.cells) / self.times[None])
        here, there = self.level(mine), self.level(its)
        assert here is not None
        levels = range(len(self.edges) + 1) if there is None else [there]
        return max(self._as_near(here, one) for one in levels)

    def _as_near(self, here: int, there: int) -> int:
        apart = abs(here - there)
        near = sum(
            size
            for level, size in self.sizes.items()
            if level is not None and abs(level - here) <= apart
        )
        return units(near / self.sizes[here])

    def _by_value(self, mine: Any, its: Any) -> int:
        return 0 if mine == its else units(self.sizes[self.level(mine)] / self.times[mine])


class Names:
    """Tell what is lost of a text where another one stands."""

    def __init__(self, cells: list[Any]) -> None:
        self.cells = cells

    def lost(self, mine: Any, its: Any) -> int:
        """Return the bits of the text in units, or nothing where it is the same."""
        return 0 if mine == its else units(len(self.cells) / self.cells.count(mine))


def units(times: float) -> int:
    """Return in units how much it tells that one of so many is meant."""
    return round(log2(times) / UNIT)


@pytest.mark.parametrize("seed", range(2))
def test_the_nearest_by_numbers_and_days_is_that_of_all_rows(seed: int) -> None:
    """Compared with every row of the table; what is equal alone would name other rows."""
    source, table = invented(KNOWN + MISSING, seed), invented(90, seed + 10)
    scale = Scale.of(source, source.columns)
    distances, places = scale.nearest(scale.placed(source), scale.placed(table))
    columns = [source[name].to_list() for name in source.columns]
    rulers: list[Ruler | Names] = [Ruler(columns[0]), Ruler(columns[1]), Names(columns[2])]
    others = 0
    for row, distance, place in zip(source.rows(), distances, places, strict=True):
        apart = [
            sum(each.lost(mine, its) for each, mine, its in zip(rulers, row, other, strict=True))
            for other in table.rows()
        ]
        assert (distance, place) == (min(apart), apart.index(min(apart)))
        unlike = [
            sum(mine != its for mine, its in zip(row, other, strict=True)) for other in table.rows()
        ]
        others += unlike.index(min(unlike)) != place
    assert others > KNOWN / 4
