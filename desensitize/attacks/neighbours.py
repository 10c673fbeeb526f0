"""Whether rows that stand together in a release stand together in the source too."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.meaning import ANYTHING, Meaning
from desensitize.attacks.orders import Groups, Order
from desensitize.attacks.values import Codes, Floats, Integers

FEW_FITS = 16
MOST_LOOKED_AT = 100_000
PAIRS = 5_000
FEWEST_PAIRS = 200
LAGS = (1, 50)
FEWEST_GROUPS = 4


@dataclass(frozen=True)
class Neighbours:
    """Hold pairs of released rows with the few rows of the source that fit each, filled with −1.

    `name` says how the pairs stand to each other, `distance` how far apart their rows of the
    source are then at most.
    """

    name: str
    distance: int
    ones: Codes
    others: Codes
    first: Codes
    second: Codes

    def play(self, order: Order, part: slice, random: np.random.Generator) -> Excess | None:
        """Return how much oftener both stand together in an order than permuted ones do."""
        first, second = self.first[part], self.second[part]
        if len(first) < FEWEST_PAIRS // 2:
            return None
        place = np.empty(len(order.first), dtype=np.int64)
        place[order.first] = np.arange(len(order.first))
        ones, others = self.ones[part], self.others[part]
        alike = Groups(np.unique(order.groups.codes[others], return_inverse=True)[1])
        everyone = np.arange(len(first), dtype=np.int32)
        hits = self._together(first, second, place, order.values)
        guesses = trials = 0
        for _ in range(4):
            drawn = alike.draw(everyone, random)
            # No row is its own neighbour.
            apart = others[drawn] != ones
            guesses += self._together(first[apart], second[drawn[apart]], place, order.values)
            trials += int(apart.sum())
        if not trials:
            return None
        return weigh(Share(hits, len(first)), Share(guesses, trials))

    def _together(self, one: Codes, other: Codes, place: Integers, values: Codes | None) -> int:
        # Two rows that say the same share what fits: only different rows stand beside each other.
        both = (one >= 0)[:, :, None] & (other >= 0)[:, None, :]
        both &= one[:, :, None] != other[:, None, :]
        near = np.abs(place[one][:, :, None] - place[other][:, None, :]) <= self.distance
        if values is not None:
            near |= values[one][:, :, None] == values[other][:, None, :]
        return int((near & both).any(axis=(1, 2)).sum())


def find_neighbours(
    meanings: Sequence[Meaning], released: Path, random: np.random.Generator
) -> list[Neighbours]:
    """Draw pairs of rows that stand together, or in one row group, and find what fits them."""
    if not meanings:
        return []
    rows, whole = meanings[0].released.rows, meanings[0].source.rows
    finder = _Finder(meanings)
    answer = []
    for lag in LAGS:
        if rows > 4 * lag:
            first = random.choice(rows - lag, min(PAIRS, rows - lag), replace=False)
            second = first + random.integers(1, lag + 1, len(first))
            reach = 2 * lag * whole // rows + 2
            answer.append(finder.pairs(f"rows at most {lag} apart", reach, first, second))
    sizes = np.array(_group_rows(released))
    if len(sizes) >= FEWEST_GROUPS:
        first = random.choice(rows, min(PAIRS, rows), replace=False)
        ends = np.cumsum(sizes)
        group = np.searchsorted(ends, first, side="right")
        second = (ends - sizes)[group] + random.integers(0, sizes[group])
        reach = int(sizes.mean() * whole / rows)
        answer.append(finder.pairs("rows of one row group", reach, first, second))
    return [one for one in answer if len(one.ones) >= FEWEST_PAIRS]


def _group_rows(path: Path) -> list[int]:
    metadata = pq.read_metadata(path)
    return [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]


class _Finder:
    """Find the rows of a source that fit a released row, through its most telling column."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self._meanings = meanings
        self._shares: list[Floats] = [meaning.shares() for meaning in meanings]
        self._indexes: dict[tuple[int, int], tuple[Codes, Codes]] = {}

    def pairs(self, name: str, distance: int, first: Integers, second: Integers) -> Neighbours:
        """Keep the pairs of which both rows are fitted by few."""
        ones, others = self._fitting(first), self._fitting(second)
        few = (ones[:, 0] >= 0) & (others[:, 0] >= 0) & (first != second)
        left, right = (each[few].astype(np.int32) for each in (first, second))
        return Neighbours(name, distance, left, right, ones[few], others[few])

    def _fitting(self, rows: Integers) -> Codes:
        answer = np.full((len(rows), FEW_FITS), -1, dtype=np.int32)
        labels = [meaning.released.codes[rows] for meaning in self._meanings]
        shares = [share[codes] for share, codes in zip(self._shares, labels, strict=True)]
        order = np.argsort(np.stack(shares), axis=0).T.tolist()
        levels, keys = (
            np.stack([one[codes] for one, codes in zip(each, labels, strict=True)], axis=1).tolist()
            for each in (
                [meaning.level for meaning in self._meanings],
                [meaning.key for meaning in self._meanings],
            )
        )
        for number, columns in enumerate(order):
            found = self._fits(columns, levels[number], keys[number])
            if 0 < len(found) <= FEW_FITS:
                answer[number, : len(found)] = found
        return answer

    def _fits(self, columns: list[int], levels: list[int], keys: list[int]) -> Codes:
        sharpest, *others = columns
        nothing = np.zeros(0, dtype=np.int32)
        if levels[sharpest] == ANYTHING:
            return nothing
        rows, sorted_keys = self._index(sharpest, levels[sharpest])
        start, end = sorted_keys.searchsorted([keys[sharpest], keys[sharpest] + 1])
        if end - start > MOST_LOOKED_AT:
            return nothing
        found = rows[start:end]
        for column in others:
            if levels[column] == ANYTHING or not len(found):
                break
            meaning = self._meanings[column]
            held = meaning.climbed[levels[column]].take(meaning.source.codes.take(found))
            found = found[held == keys[column]]
        return found

    def _index(self, number: int, level: int) -> tuple[Codes, Codes]:
        if (number, level) not in self._indexes:
            meaning = self._meanings[number]
            lifted = meaning.climbed[level][meaning.source.codes]
            order = np.argsort(lifted, kind="stable").astype(np.int32)
            self._indexes[number, level] = order, lifted[order]
        return self._indexes[number, level]
