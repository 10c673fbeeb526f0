"""Count in a released table how much is sure, and how much can be guessed, of sensitive columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.codes import Coded, Numbers, SmallNumbers, encoded
from desensitize.privacy.hierarchy import ANYTHING

Floats = npt.NDArray[np.float64]

NARROW = 0.1
"""Numbers within so many standard deviations of their column count as one value.

Half of it either way is what sdcMicro's `dRisk` takes by default, after Mateo-Sanz, Sebé and
Domingo-Ferrer (Privacy in Statistical Databases 2004).
"""
MOST_VISITS = 400_000_000
"""Different rows times sets that are looked at one by one; beyond, sets are left out and named."""
BLANKS = r"[\s\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}]"
MANY = 20
"""Texts of fewer different numbers are codes."""
WIDTH = 12
"""The sets that are carried on from one size to the next in the search for a bad one."""


@dataclass(frozen=True)
class Target:
    """Hold a sensitive column of the different rows of a table.

    `place` is where each value stands, in numbers that are one value when they differ by at most
    `width`. `bins` number the values that count as one guess. `tells` is false where a cell is
    “*”, and everywhere in a column of one value: nobody learns from those.
    """

    name: str
    place: Floats
    width: float
    bins: SmallNumbers
    tells: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Worst:
    """Hold the share of rows of which the value is sure, and the columns to be known for it."""

    share: float
    columns: tuple[str, ...]
    sets: int
    left_out: int = 0


def target_of(cells: pl.Series, weights: Numbers) -> Target:
    """Return a sensitive column, one cell for each different row."""
    if cells.dtype.is_temporal():
        cells = cells.cast(pl.Int64)
    elif cells.dtype == pl.String:
        cells = _alike(cells)
    missing = cells.is_null()
    written = _written_numbers(cells)
    if written is not None or (cells.dtype.is_numeric() and not missing.all()):
        numbers = (cells if written is None else written).cast(pl.Float64).fill_nan(None)
        missing = numbers.is_null()
        place = numbers.fill_null(0.0).to_numpy()
        there = np.where(missing.to_numpy(), 0, weights)
        middle = float(np.average(place, weights=there)) if there.sum() else 0.0
        spread = float(np.average((place - middle) ** 2, weights=there)) if there.sum() else 0.0
        width = NARROW * spread**0.5
        steps = np.floor(place / width) if width else place
        # What is missing lies far away from every number.
        place = np.where(missing.to_numpy(), place.min() - 1 - 10 * width, place)
        bins, _ = encoded(pl.Series(cells.name, steps).set(missing, None))
    else:
        codes, _ = encoded(cells)
        place, width, bins = codes.astype(np.float64), 0.0, codes
    stars = (
        cells == ANYTHING
        if cells.dtype == pl.String
        else pl.Series([False]).new_from_index(0, len(cells))
    )
    tells = ~stars.fill_null(False).to_numpy()
    if len(place) and place.min() == place.max():
        tells = np.zeros(len(place), dtype=bool)
    return Target(cells.name, place, width, bins, tells)


def _alike(cells: pl.Series) -> pl.Series:
    """Return texts without case, width and blanks, seen or not: they say the same without."""
    said = cells.unique()
    plain = said.str.normalize("NFKC").str.to_lowercase().str.replace_all(BLANKS, "")
    if plain.n_unique() == len(said):
        return cells
    return cells.replace_strict(said, plain, return_dtype=pl.String)


def _written_numbers(cells: pl.Series) -> pl.Series | None:
    """Return the numbers of texts that are nothing else, “*” aside, and too many to be codes."""
    if cells.dtype != pl.String:
        return None
    told = cells.drop_nulls()
    told = told.filter(told != ANYTHING)
    if told.n_unique() < MANY or told.cast(pl.Float64, strict=False).null_count():
        return None
    return cells.cast(pl.Float64, strict=False)


def grouped(table: Coded, columns: Iterable[str]) -> tuple[Numbers, int]:
    """Return for each different row the number of its group by some columns, and a room for them.

    The room is at most some eight times the rows, so that arrays over groups stay small.
    """
    groups = np.zeros(len(table.weights), dtype=np.int64), 1
    for column in columns:
        groups = split(groups, table.codes[column], table.values[column])
    return groups


def split(groups: tuple[Numbers, int], codes: SmallNumbers, values: int) -> tuple[Numbers, int]:
    """Return the groups parted further by a column."""
    numbers, _ = groups
    numbers, room = numbers * values + codes, groups[1] * values
    if room <= max(2**16, 8 * len(numbers)):
        return numbers, room
    different, places = np.unique(numbers, return_inverse=True)
    return places.astype(np.int64, copy=False), len(different)


def certain_rows(groups: tuple[Numbers, int], target: Target, weights: Numbers) -> int:
    """Count the rows in groups in which all cells of the target are one value."""
    numbers, room = groups
    low, high = np.full(room, np.inf), np.full(room, -np.inf)
    np.minimum.at(low, numbers, target.place)
    np.maximum.at(high, numbers, target.place)
    with np.errstate(invalid="ignore"):
        narrow = high - low <= target.width
    return int(weights[narrow[numbers] & target.tells].sum())


def worst_set(
    table: Coded,
    target: Target,
    *,
    quasi_identifiers: Sequence[str],
    others: Sequence[str],
    known: int,
    enough: float,
) -> Worst:
    """Search the columns from which the value is sure in most rows.

    Tried are the quasi-identifiers together and sets of at most `known` of all columns. Whoever
    knows more is sure at least as often, so only the largest sets are tried; where even all columns
    together leave no more than a share of `enough`, or one set that is found quickly leaves more,
    the others are not.
    """
    rows, tried = table.rows, 1

    def share(columns: Iterable[str]) -> float:
        return certain_rows(grouped(table, columns), target, table.weights) / rows

    columns = [name for name in (*quasi_identifiers, *others) if table.values[name] > 1]
    worst = Worst(share(quasi_identifiers), tuple(quasi_identifiers), 1)
    size = min(known, len(columns))
    if not set(columns) - set(quasi_identifiers) or not size:
        return worst
    most = share(columns)
    found: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for _ in range(size):
        longer = {tuple(sorted({*had, name})) for _, had in found for name in columns}
        tried += len(longer)
        found = sorted(((share(one), one) for one in longer), key=lambda it: (-it[0], it[1]))[
            :WIDTH
        ]
    if found[0][0] > worst.share:
        worst = Worst(*found[0], tried)
    decided = worst.share > enough or (most <= enough and (worst.share > 0 or not most))
    sets = comb(len(columns), size)
    if decided or worst.share >= most:
        return Worst(worst.share, worst.columns, tried)
    if sets * len(table.weights) > MOST_VISITS:
        return Worst(worst.share, worst.columns, tried, left_out=sets)
    for chosen, groups in _sets(table, columns, size):
        now = certain_rows(groups, target, table.weights) / rows
        if now > worst.share:
            worst = Worst(now, chosen, tried)
    return Worst(worst.share, worst.columns, tried + sets)


def _sets(
    table: Coded, columns: Sequence[str], size: int
) -> Iterator[tuple[tuple[str, ...], tuple[Numbers, int]]]:
    """Hand out all sets of a size with their groups; those that begin alike are grouped once."""
    for start in combinations(columns, size - 1):
        later = columns[columns.index(start[-1]) + 1 :] if start else columns
        groups = grouped(table, start) if later else None
        for name in later:
            assert groups is not None
            yield (*start, name), split(groups, table.codes[name], table.values[name])


def guessed(
    groups: tuple[Numbers, int], target: Target, weights: Numbers, *, own: int = 1
) -> Mapping[str, float]:
    """Return how often the commonest value of a person's group is right.

    `with` is the share of the rows in which it is; `without` when the group lacks the person's own
    row (up to `own` rows where a person has several: all with the same value, which is the worst).
    Of values that are equally common in the group the commoner one of the table is guessed, and of
    the table where nobody else is in the group. `blind` is the guess by the table alone.
    """
    told = target.tells
    rows = int(weights[told].sum())
    if not rows:
        return {"with": 0.0, "without": 0.0, "blind": 0.0}
    codes = target.bins[told].astype(np.int64)
    frequency = np.bincount(codes, weights[told]).astype(np.int64)
    cells, places = np.unique(groups[0][told] * len(frequency) + codes, return_inverse=True)
    count = np.bincount(places, weights[told]).astype(np.int64)
    group, value = np.divmod(cells, len(frequency))
    # A count, and behind the point what decides between equal ones.
    strength = count + frequency[value] / (rows + 1.0)
    order = np.lexsort((strength, group))
    last = np.flatnonzero(np.append(np.diff(group[order]) > 0, True))
    sizes = np.diff(np.append(-1, last))
    best, second = order[last], order[np.maximum(last - 1, 0)]
    row_of = np.repeat(np.arange(len(last)), sizes)
    owner = np.empty(len(cells), dtype=np.int64)
    owner[order] = row_of
    other = np.where(best[owner] == np.arange(len(cells)), second[owner], best[owner])
    gone = np.minimum(count, own)
    left = (count - gone) + (frequency[value] - gone) / (rows + 1.0)
    # A group of one value: nobody else says another, but perhaps nobody else is there.
    alone = sizes[owner] == 1
    ranked = np.sort(frequency)
    rival = np.where(frequency[value] == ranked[-1], ranked[-2:][0], ranked[-1])
    if len(frequency) == 1:
        rival = np.zeros(len(cells), dtype=np.int64)
    against = np.where(alone, np.where(count > gone, -1.0, rival / (rows + 1.0)), strength[other])
    right = np.where(left > against, 1.0, np.where(left == against, 0.5, 0.0))
    return {
        "with": float(count[best].sum()) / rows,
        "without": float((right * count).sum()) / rows,
        "blind": float(frequency.max()) / rows,
    }
