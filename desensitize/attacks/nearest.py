"""Find for some people the nearest row of a table, by what their cells have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Costs = npt.NDArray[np.uint16]
Codes = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

LEVELS = 64
"""So many ranks of numbers and dates are told apart beside whether they are equal."""
UNIT = 1 / 16
"""The part of a bit in which distances are counted."""
FEW_VALUES = 64
"""Up to so many values of a column are compared with all rows once, not for each target."""
CHUNK = 16_384
"""Rows of a table that are compared at a time: their columns stay in the processor's cache."""
MOST_COLUMNS = 100
"""Their distances fit two bytes; columns beyond are left out."""


@dataclass(frozen=True)
class Ranks:
    """Hold between which numbers the levels of a column lie, and what is lost between two levels.

    The last level stands for what is missing.
    """

    edges: npt.NDArray[np.float64]
    costs: Costs


@dataclass(frozen=True)
class Exact:
    """Hold the values of a column of the source, and what is lost where another one stands."""

    values: pl.Series
    costs: Costs


@dataclass(frozen=True)
class Placed:
    """Hold the rows of a table in small numbers, by the columns of a scale."""

    rows: int
    levels: tuple[Levels, ...]
    codes: tuple[Codes, ...]

    def distinct(self) -> tuple["Placed", Places, Places]:
        """Return each different row once, where it stands first, and which of them a row is."""
        columns = {str(place): column for place, column in enumerate((*self.levels, *self.codes))}
        rows = pl.DataFrame(columns).with_row_index("first")
        once = rows.unique([*columns], keep="first", maintain_order=True)
        which = rows.join(
            once.drop("first").with_row_index("which"), on=[*columns], maintain_order="left"
        )
        first = once["first"].to_numpy().astype(np.int64)
        placed = Placed(
            once.height,
            tuple(column[first] for column in self.levels),
            tuple(column[first] for column in self.codes),
        )
        return placed, first, which["which"].to_numpy().astype(np.int64)


@dataclass(frozen=True)
class Scale:
    """Measure how far rows are from people of a source, in bits of what the source tells.

    Two cells that agree tell as much as their value is rare, numbers that are near as much as
    few of the source are as near; the distance is what is lost of it (weights of agreement as
    Fellegi and Sunter's, JASA 64, 1969, from the frequencies alone).
    """

    ranks: Mapping[str, Ranks]
    exact: Mapping[str, Exact]

    @classmethod
    def of(cls, source: pl.DataFrame, columns: Sequence[str]) -> "Scale":
        """Return the scale of some columns of a source."""
        ranks: dict[str, Ranks] = {}
        exact: dict[str, Exact] = {}
        for name in columns[:MOST_COLUMNS]:
            cells = _cells(source[name])
            share = pl.Series(np.ones(len(cells)))
            if cells.dtype == pl.Float64:
                ranks[name] = _ranks(cells)
                levels = pl.Series(_levels(cells, ranks[name].edges))
                share = levels.to_frame("level").select(pl.len().over("level")).to_series()
                share = share / len(cells)
            counted = (
                pl.DataFrame({"value": cells, "share": share})
                .group_by("value")
                .agg(pl.len(), pl.col("share").first())
                .sort("value")
            )
            bits = np.log2(counted["share"].to_numpy() * len(cells) / counted["len"].to_numpy())
            exact[name] = Exact(counted["value"], _units(bits))
        return cls(ranks, exact)

    def placed(self, table: pl.DataFrame) -> Placed:
        """Return the rows of a table that has the columns."""
        levels, codes = [], []
        for name, column in self.exact.items():
            cells = table[name]
            if column.values.dtype == pl.Float64:
                cells = _numbers(cells)
                levels.append(_levels(cells, self.ranks[name].edges))
            else:
                cells = _texts(cells)
            numbers = pl.int_range(len(column.values), dtype=pl.Int32, eager=True)
            # What the source does not have is equal to nobody's.
            found = pl.DataFrame({"cell": cells}).join(
                pl.DataFrame({"cell": column.values, "code": numbers}),
                on="cell",
                how="left",
                nulls_equal=True,
                maintain_order="left",
            )
            codes.append(found["code"].fill_null(-1).to_numpy().astype(np.int32))
        return Placed(table.height, tuple(levels), tuple(codes))

    def nearest(self, targets: Placed, table: Placed) -> tuple[Costs, Places]:
        """Return the distance of each target from the nearest row, in units, and its place.

        Of rows that are equally near it is the first. Those that are equal are compared once.
        """
        if not self.exact or not targets.rows or not table.rows:
            return self._nearest(targets, table)
        targets, _, of_target = targets.distinct()
        table, first, _ = table.distinct()
        best, where = self._nearest(targets, table)
        return best[of_target], first[where][of_target]

    def _nearest(self, targets: Placed, table: Placed) -> tuple[Costs, Places]:
        best = np.full(targets.rows, np.iinfo(np.uint16).max, dtype=np.uint16)
        where = np.full(targets.rows, -1, dtype=np.int64)
        for start in range(0, table.rows, CHUNK):
            end = min(start + CHUNK, table.rows)
            layers = [
                _layers(column[start:end], values, _by_level(each.costs))
                for each, column, values in zip(
                    self.ranks.values(), table.levels, targets.levels, strict=True
                )
            ] + [
                _layers(column[start:end], values, _by_value(each.costs))
                for each, column, values in zip(
                    self.exact.values(), table.codes, targets.codes, strict=True
                )
                if each.costs.any()
            ]
            total = np.empty(end - start, dtype=np.uint16)
            for target in range(targets.rows):
                total.fill(0)
                for layer in layers:
                    np.add(total, layer(target), out=total)
                place = int(total.argmin())
                if total[place] < best[target]:
                    best[target], where[target] = total[place], start + place
        return best, where


def _layers(
    column: Levels | Codes, values: Levels | Codes, apart: Callable[[Levels | Codes, int], Costs]
) -> Callable[[int], Costs]:
    """Return what gives the distances of a column from a target; few values are compared once."""
    different, places = np.unique(values, return_inverse=True)
    if len(different) > FEW_VALUES:
        return lambda target: apart(column, int(values[target]))
    layers = [apart(column, int(value)) for value in different]
    return lambda target: layers[places[target]]


def _by_level(costs: Costs) -> Callable[[Levels | Codes, int], Costs]:
    return lambda column, value: costs[value].take(column)


def _by_value(costs: Costs) -> Callable[[Levels | Codes, int], Costs]:
    # A target whose value the source does not have is no target.
    return lambda column, value: (column != value) * costs[value]


def _ranks(numbers: pl.Series) -> Ranks:
    shares = [step / LEVELS for step in range(1, LEVELS)]
    found = [numbers.quantile(share, "nearest") for share in shares]
    edges = np.unique([each for each in found if each is not None]).astype(np.float64)
    count = np.bincount(_levels(numbers, edges), minlength=len(edges) + 2)[:-1]
    sums = np.concatenate([[0], np.cumsum(count)])
    here = np.arange(len(count))
    between = np.abs(here[:, None] - here[None, :])
    low = np.maximum(here[:, None] - between, 0)
    high = np.minimum(here[:, None] + between, len(count) - 1)
    near, own = sums[high + 1] - sums[low], np.maximum(1, count)[:, None]
    costs = np.zeros((len(count) + 1, len(count) + 1), dtype=np.uint16)
    costs[:-1, :-1] = _units(np.log2(np.maximum(own, near) / own))
    # What is missing tells nothing; and who misses it agrees with those who miss it too.
    costs[:-1, -1] = costs[:-1, :-1].max(axis=1)
    missing = numbers.null_count()
    costs[-1, :-1] = _units(np.array(np.log2(len(numbers) / missing))) if missing else 0
    return Ranks(edges, costs)


def _units(bits: npt.NDArray[np.float64]) -> Costs:
    units: Costs = np.rint(np.maximum(bits, 0.0) / UNIT).astype(np.uint16)
    return units


def _levels(numbers: pl.Series, edges: npt.NDArray[np.float64]) -> Levels:
    levels = np.searchsorted(edges, numbers.fill_null(0.0).to_numpy(), side="right")
    levels[numbers.is_null().to_numpy()] = len(edges) + 1
    return levels.astype(np.uint8)


def _cells(cells: pl.Series) -> pl.Series:
    if cells.dtype.is_numeric() or cells.dtype.is_temporal():
        return _numbers(cells)
    return _texts(cells)


def _numbers(cells: pl.Series) -> pl.Series:
    """Return numbers, dates and what reads as a number as floats; times in microseconds."""
    if cells.dtype == pl.Date:
        cells = cells.cast(pl.Datetime("us"))
    if isinstance(cells.dtype, pl.Datetime):
        cells = cells.dt.cast_time_unit("us")
    if cells.dtype.is_temporal():
        cells = cells.cast(pl.Int64)
    numbers = cells.cast(pl.Float64, strict=False).fill_nan(None)
    numbers = numbers.set((numbers == 0).fill_null(False), 0.0)  # There is one zero.
    return numbers.set(~numbers.is_finite(), None)


def _texts(cells: pl.Series) -> pl.Series:
    if cells.dtype.is_nested() or cells.dtype in (pl.Binary, pl.Object):
        return pl.repeat(None, len(cells), dtype=pl.String, eager=True)
    return cells.cast(pl.String)
