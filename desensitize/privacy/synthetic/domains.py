"""Say which values a column can have, known without looking at the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.errors import DesensitizeError, nearest
from desensitize.exact_numbers import exact

MOST_LEVELS = 500
MOST_COLUMNS = 40
MOST_DECIMALS = 6
USUAL_BINS = 32
# Whole numbers above this are no exact floats.
GREATEST_BOUND = 2**53
EPOCH, DAY = date(1970, 1, 1), "%Y-%m-%d"

Codes = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Levels:
    """Hold the values of a column as text; `missing` says whether a cell may also be empty.

    With it, every other value counts as missing; without it, rows with another value are left out.
    """

    values: tuple[str, ...]
    missing: bool = True

    @property
    def size(self) -> int:
        """Return the number of levels, the missing one included."""
        return len(self.values) + self.missing

    def code(self, name: str, _kind: pl.DataType) -> pl.Expr:
        """Return the level of each cell, null where it has none."""
        places = list(range(len(self.values)))
        text = pl.col(name).cast(pl.String, strict=False)
        place = text.replace_strict(list(self.values), places, default=None, return_dtype=pl.UInt16)
        return _or_missing(place, self)

    def cells(self, codes: Codes, kind: pl.DataType, _rng: np.random.Generator) -> pl.Series:
        """Return the values of levels in a column's own type."""
        return self.typed(kind).gather(codes)

    def typed(self, kind: pl.DataType) -> pl.Series:
        """Return each level's value in a column's own type, null last.

        Raises:
            polars.exceptions.PolarsError: a value is none of that type.
        """
        texts = pl.Series([*self.values, None], dtype=pl.String)
        if kind == pl.Date:
            return texts.str.to_date(DAY)
        if kind == pl.Boolean:
            return texts.replace_strict(["true", "false"], [True, False], return_dtype=pl.Boolean)
        return texts.cast(kind)


@dataclass(frozen=True)
class Bins:
    """Hold the half-open bins of a number or date: the edges in steps of 1 / `grid`, or in days.

    The last edge is one step above the highest value. What lies outside is moved to the lowest or
    highest value. `missing` is as of `Levels`. A value is drawn evenly from the steps of its bin.
    """

    edges: tuple[int, ...]
    grid: int = 1
    missing: bool = True
    days: bool = False

    @property
    def size(self) -> int:
        """Return the number of bins, the missing one included."""
        return len(self.edges) - 1 + self.missing

    def code(self, name: str, kind: pl.DataType) -> pl.Expr:
        """Return the bin of each cell, null where it has none."""
        column = pl.col(name)
        if self.days:
            days = column if kind == pl.Date else column.str.to_date(DAY, strict=False)
            column = days.to_physical()
        number = column.cast(pl.Float64, strict=False).fill_nan(None)
        steps = (number * self.grid).round().clip(self.edges[0], self.edges[-1] - 1)
        # Cut at half steps, so that no rounding of an edge matters.
        inner = pl.Series([edge - 0.5 for edge in self.edges[1:-1]], dtype=pl.Float64)
        place = pl.lit(inner).search_sorted(steps) if len(inner) else pl.lit(0)
        place = pl.when(steps.is_not_null()).then(place.cast(pl.UInt16))
        return _or_missing(place, self)

    def cells(self, codes: Codes, kind: pl.DataType, rng: np.random.Generator) -> pl.Series:
        """Return a value of each bin in a column's own type."""
        low, high = np.array(self.edges[:-1]), np.array(self.edges[1:])
        empty = codes >= len(low)
        places = np.where(empty, 0, codes)
        steps = pl.Series(rng.integers(low[places], high[places]))
        values = self._values(steps, kind)
        return values.to_frame("").select(pl.when(~pl.Series(empty)).then(pl.col(""))).to_series()

    def typed(self, kind: pl.DataType) -> pl.Series:
        """Return both bounds in a column's own type.

        Raises:
            polars.exceptions.PolarsError: they do not fit the type.
        """
        if self.days != (kind == pl.Date) and kind != pl.String:
            raise pl.exceptions.InvalidOperationError("A date is no number.")
        if not (kind.is_numeric() or kind in (pl.String, pl.Date)):
            raise pl.exceptions.InvalidOperationError("The column holds no numbers.")
        if kind.is_integer() and self.grid > 1:
            raise pl.exceptions.InvalidOperationError("Whole numbers have no decimal places.")
        return self._values(pl.Series([self.edges[0], self.edges[-1] - 1]), kind)

    def _values(self, steps: pl.Series, kind: pl.DataType) -> pl.Series:
        if self.days:
            return steps.cast(pl.Int32).cast(pl.Date).cast(kind)
        if self.grid == 1:
            return steps.cast(kind)
        places = len(str(self.grid)) - 1
        return (steps / self.grid).round(places).cast(kind)


Domain = Levels | Bins


def read_domains(given: Any) -> dict[str, Domain]:
    """Read the domain of each column, by name, from plain values.

    `{"values": ["A", "B"]}`; `{"low": 0, "high": 90, "bins": 30, "decimals": 0}`, of equal width;
    or `{"edges": [0, 1, 1000], "decimals": 2}`, where the last edge is the highest value. Dates are
    written as `"2026-01-31"`. With `"missing": false` a column has no empty cells.

    Raises:
        DesensitizeError: `bad-domains`, `bad-domain`, `too-many-domains`.
    """
    if not isinstance(given, Mapping) or not given:
        raise DesensitizeError("bad-domains", reason="they are no object with one entry a column")
    if len(given) > MOST_COLUMNS:
        raise DesensitizeError("too-many-domains", limit=MOST_COLUMNS)
    return {str(name): _read(str(name), one) for name, one in given.items()}


def check_domains(
    domains: Mapping[str, Domain], schema: Mapping[str, pl.DataType], left_out: Iterable[str]
) -> None:
    """Check domains against the names and types of a table, never against its cells.

    Raises:
        DesensitizeError: `unknown-column`, `domain-needed`, `bad-domain`, `too-many-domains`.
    """
    without = set(left_out)
    for name in sorted(without | set(domains)):
        if name not in schema:
            raise DesensitizeError("unknown-column", column=name, nearest=nearest(name, schema))
    for name in schema:
        if name not in domains and name not in without:
            raise DesensitizeError("domain-needed", column=name)
    if not 0 < len(domains) <= MOST_COLUMNS:
        raise DesensitizeError("too-many-domains", limit=MOST_COLUMNS)
    for name, domain in domains.items():
        if not 0 < domain.size <= MOST_LEVELS:
            raise _bad(name, f"it must have from 1 to {MOST_LEVELS} levels")
        if len(set(_listed(domain))) < len(_listed(domain)):
            raise _bad(name, "a level is named twice")
        try:
            domain.typed(schema[name])
        except (pl.exceptions.PolarsError, OverflowError) as error:
            raise _bad(name, f"it does not fit the column's type {schema[name]}") from error


def _listed(domain: Domain) -> tuple[object, ...]:
    return domain.values if isinstance(domain, Levels) else domain.edges


def _or_missing(place: pl.Expr, domain: Domain) -> pl.Expr:
    return place.fill_null(domain.size - 1) if domain.missing else place


def _bad(name: str, reason: str) -> DesensitizeError:
    return DesensitizeError("bad-domain", column=name, reason=reason)


def _read(name: str, given: Any) -> Domain:
    if not isinstance(given, Mapping):
        raise _bad(name, "values, bounds or edges are needed")
    missing = given.get("missing", True)
    if not isinstance(missing, bool):
        raise _bad(name, "“missing” must be true or false")
    if set(given) <= {"values", "missing"}:
        values = given.get("values")
        if not isinstance(values, list | tuple) or not values:
            raise _bad(name, "values, bounds or edges are needed")
        if not all(isinstance(one, str) for one in values):
            raise _bad(name, "values must be texts")
        return Levels(tuple(values), missing)
    if set(given) <= {"edges", "decimals", "missing"}:
        return _binned(name, given, given["edges"], missing)
    if {"low", "high"} <= set(given) <= {"low", "high", "bins", "decimals", "missing"}:
        bins = given.get("bins", USUAL_BINS)
        if isinstance(bins, bool) or not isinstance(bins, int) or not 0 < bins <= MOST_LEVELS:
            raise _bad(name, f"bins must be from 1 to {MOST_LEVELS}")
        ends = _binned(name, given, [given["low"], given["high"]], missing)
        low, high = ends.edges
        # Where the values are fewer than the bins, each has its own.
        number = min(bins, high - low)
        edges = tuple(low + (high - low) * place // number for place in range(number + 1))
        return Bins(edges, ends.grid, missing, ends.days)
    raise _bad(name, "values, bounds or edges are needed")


def _binned(name: str, given: Mapping[str, Any], edges: Any, missing: bool) -> Bins:
    decimals = given.get("decimals", 0)
    if isinstance(decimals, bool) or not isinstance(decimals, int):
        raise _bad(name, "decimals must be a whole number")
    if not 0 <= decimals <= MOST_DECIMALS:
        raise _bad(name, f"decimals must be from 0 to {MOST_DECIMALS}")
    if not isinstance(edges, list | tuple) or len(edges) < 2:
        raise _bad(name, "at least two edges are needed")
    try:
        days = [date.fromisoformat(one) for one in edges]
    except (TypeError, ValueError):
        steps, grid, is_date = _steps(name, edges, 10**decimals), 10**decimals, False
    else:
        steps, grid, is_date = tuple((day - EPOCH).days for day in days), 1, True
    if not all(low < high for low, high in pairwise(steps)):
        raise _bad(name, "edges must rise")
    # The highest value belongs to the last bin.
    return Bins((*steps[:-1], steps[-1] + 1), grid, missing, is_date)


def _steps(name: str, edges: Iterable[Any], grid: int) -> tuple[int, ...]:
    try:
        steps = [exact(edge) * grid for edge in edges]
    except ValueError as error:
        raise _bad(name, "edges must be numbers or dates") from error
    if not all(one.is_finite() and abs(one) <= GREATEST_BOUND for one in steps):
        raise _bad(name, "edges must be finite numbers below 2^53")
    if any(one != Decimal(int(one)) for one in steps):
        raise _bad(name, "edges must lie on the declared decimal places")
    return tuple(map(int, steps))
