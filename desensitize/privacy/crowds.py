"""Form crowds: rows that share one set of labels in many columns, at little loss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desensitize.privacy.lattice import Booleans, CodedColumn, Floats, Integers

MOST_UNITS = 96
"""So many values of a column are told apart while crowds form; the others by a coarser label."""
MOST_MEMBERS = 5_000
"""So many tuples are compared with one another: a larger class is cut where it differs most."""
ROUNDS = 12
TIDY = 0.75

Places = NDArray[np.int32]
Losses = NDArray[np.float32]


@dataclass(frozen=True)
class Demand:
    """Hold what is asked of a crowd: rows, and two values of each of some sensitive columns.

    `weights` are the rows of each tuple; `lowest` and `highest` have, by sensitive column, the
    numbers of the lowest and the highest value in each tuple.
    """

    weights: Integers
    smallest: int
    lowest: Integers
    highest: Integers

    def of(self, tuples: Integers) -> "Demand":
        """Return what is asked, of some tuples alone."""
        return Demand(
            self.weights[tuples], self.smallest, self.lowest[:, tuples], self.highest[:, tuples]
        )

    def is_met(self, tuples: Integers) -> bool:
        """Return whether tuples could be a crowd."""
        if self.weights[tuples].sum() < self.smallest:
            return False
        lowest = self.lowest[:, tuples].min(axis=1, initial=np.iinfo(np.int64).max)
        return bool((lowest < self.highest[:, tuples].max(axis=1, initial=-1)).all())


class Space:
    """Hold some columns so that the loss of putting tuples under one label is looked up."""

    def __init__(self, columns: Sequence[CodedColumn], weights: Integers) -> None:
        found = [_units(column, weights) for column in columns]
        size = max((len(losses[0]) for _, losses, _ in found), default=1)
        levels = max((len(losses) for _, losses, _ in found), default=1)
        self.size = size
        self.units: Places = np.empty((len(weights), len(columns)), dtype=np.int32)
        self.levels = np.zeros((len(columns), size, size), dtype=np.int8)
        self.losses: Losses = np.zeros((len(columns), size, levels, size), dtype=np.float32)
        for place, (units, losses, meets) in enumerate(found):
            here = len(losses[0])
            self.units[:, place] = place * size + units
            self.levels[place, :here, :here] = meets
            for level in range(levels):
                at = np.maximum(np.minimum(level, len(losses) - 1), meets)
                self.losses[place, :here, level, :here] = losses[at, np.arange(here)[:, None]]

    @cached_property
    def _columns(self) -> Integers:
        return np.arange(self.units.shape[1])

    def start(self, units: Places) -> tuple[Integers, Integers]:
        """Return the state of a crowd of one tuple: a unit and a level for each column."""
        own = units.astype(np.int64) - self._columns * self.size
        return own, self.levels[self._columns, own, own].astype(np.int64)

    def lost(self, own: Integers, level: Integers, units: Places) -> Losses:
        """Return the loss of one row of a crowd, added up over columns, with each of some tuples.

        With several crowds, one line each, `units` is the one tuple that joins.
        """
        if own.ndim == 1:
            rows = self.losses[self._columns, own, level].ravel()
            with_each: Losses = rows.take(units).sum(axis=1)
            return with_each
        mine = units.astype(np.int64) - self._columns * self.size
        with_all: Losses = self.losses[self._columns, own, level, mine].sum(axis=1)
        return with_all

    def losses_of(self, own: Integers, level: Integers) -> float:
        """Return the loss of one row of a crowd, added up over columns."""
        return float(self.losses[self._columns, own, level, own].sum())

    def joined(self, own: Integers, level: Integers, units: Places) -> Integers:
        """Return the levels of a crowd that another tuple has joined."""
        mine = units.astype(np.int64) - self._columns * self.size
        found: Integers = np.maximum(level, self.levels[self._columns, own, mine])
        return found


def _units(column: CodedColumn, weights: Integers) -> tuple[Integers, Floats, Integers]:
    """Return for each tuple its unit, by level and unit the loss, and where two units meet."""
    codes = column.codes
    _, leaves = np.unique(codes[0], return_inverse=True)
    count = int(leaves.max(initial=0)) + 1
    pooled = 0
    if count > MOST_UNITS:
        half = MOST_UNITS // 2
        rows = np.bincount(leaves, weights=weights, minlength=count)
        commonest = np.argsort(-rows, kind="stable")[:half]
        different = [len(np.unique(level)) for level in codes]
        pooled = next((place for place, one in enumerate(different) if one <= half), len(codes) - 1)
        # Numbers of leaves and of labels must not be mixed up.
        keys = np.where(np.isin(leaves, commonest), leaves, count + codes[pooled])
        _, leaves = np.unique(keys, return_inverse=True)
    units, first = np.unique(leaves, return_index=True)
    at = codes[:, first]
    meets = np.full((len(units), len(units)), len(codes) - 1, dtype=np.int64)
    for level in range(len(codes) - 1, -1, -1):
        meets[at[level][:, None] == at[level][None, :]] = level
    if pooled:
        own = np.zeros(len(units), dtype=np.int64)
        several = _of_several(leaves, codes[0], len(units))
        own[several] = pooled
        meets = np.maximum(
            meets, np.maximum(own[:, None], own[None, :]) * np.eye(len(own), dtype=np.int64)
        )
    return leaves.astype(np.int64), column.losses[at], meets


def _of_several(units: Integers, leaves: Integers, count: int) -> Booleans:
    """Say which units stand for several values."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(low, units, leaves)
    np.maximum.at(high, units, leaves)
    found: Booleans = low < high
    return found


def form_crowds(space: Space, demand: Demand, classes: Integers) -> Integers:
    """Return for each tuple the number of its crowd, all of whose tuples lie in one class.

    Where a class does not reach what is asked, it is one crowd that does not either.
    """
    crowds = np.full(len(classes), -1, dtype=np.int64)
    order = np.argsort(classes, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(classes[order]) != 0])
    count = 0
    for members in np.split(order, starts[1:]):
        for part in _parts(space, demand, members):
            found = _Forming(space, demand.of(part), space.units[part]).crowds()
            crowds[part] = count + found
            count += int(found.max(initial=-1)) + 1
    return crowds


def _parts(space: Space, demand: Demand, members: Integers) -> Iterator[Integers]:
    """Cut a class in halves until each is small enough, such that neighbours stay together."""
    if len(members) <= MOST_MEMBERS:
        yield members
        return
    order = members[np.argsort(_places(space.units[members]), kind="stable")]
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    if not all(demand.is_met(half) for half in halves):
        yield members
        return
    for half in halves:
        # In the order of the tuples, by which ties are broken.
        yield from _parts(space, demand, np.sort(half))


def _places(units: Places) -> Floats:
    """Place tuples on a line, by what goes together in them most (reciprocal averaging)."""
    room = int(units.max(initial=0)) + 1
    flat = units.ravel()
    counts = np.maximum(1, np.bincount(flat, minlength=room))
    weights: Floats = np.random.default_rng(0).standard_normal(room)
    scores = np.zeros(len(units))
    for _ in range(ROUNDS):
        scores = weights[units].mean(axis=1)
        scores -= scores.mean()
        weights = np.bincount(flat, np.repeat(scores, units.shape[1]), minlength=room) / counts
        weights /= max(1e-12, float(np.abs(weights).max()))
    return scores


class _Forming:
    """Form crowds of the tuples of one part, the oddest first, each with what is nearest to it.

    A greedy k-member clustering (Byun, Kamra, Bertino and Li, DASFAA 2007).
    """

    def __init__(self, space: Space, demand: Demand, units: Places) -> None:
        self.space, self.demand, self.units = space, demand, units
        self.found = np.full(len(units), -1, dtype=np.int64)
        self.left = np.ones(len(units), dtype=bool)
        self.there = np.arange(len(units), dtype=np.int64)
        self.states: list[tuple[Integers, Integers]] = []

    def crowds(self) -> Integers:
        """Return the number of each tuple's crowd."""
        if not len(self.units):
            return self.found
        odd = _oddness(self.units)
        for seed in np.lexsort((np.arange(len(odd)), -odd)):
            if self.left[seed] and not self._gather(int(seed)):
                break
        rest = np.flatnonzero(self.found < 0)
        if not self.states:
            self.found[rest] = 0
            return self.found
        self._join(rest)
        return self.found

    def _gather(self, seed: int) -> bool:
        """Form a crowd around a tuple; return whether enough was left for it."""
        demand, members = self.demand, [seed]
        own, level = self.space.start(self.units[seed])
        rows = int(demand.weights[seed])
        lowest, highest = demand.lowest[:, seed].copy(), demand.highest[:, seed].copy()
        self._tidy()
        self.left[seed] = False
        units = self.units[self.there]
        while rows < demand.smallest or (lowest == highest).any():
            able = self.left[self.there]
            if rows >= demand.smallest:
                lacking = np.flatnonzero(lowest == highest)
                others = demand.lowest[lacking][:, self.there] != lowest[lacking][:, None]
                others |= demand.highest[lacking][:, self.there] != highest[lacking][:, None]
                able &= others.any(axis=0)
            if not able.any():
                self.left[members] = True
                return False
            lost = self.space.lost(own, level, units)
            lost[~able] = np.inf
            nearest = int(self.there[np.argmin(lost)])
            level = self.space.joined(own, level, self.units[nearest])
            members.append(nearest)
            self.left[nearest] = False
            rows += int(demand.weights[nearest])
            lowest = np.minimum(lowest, demand.lowest[:, nearest])
            highest = np.maximum(highest, demand.highest[:, nearest])
        self.found[members] = len(self.states)
        self.states.append((own, level))
        return True

    def _tidy(self) -> None:
        """Look no longer at most of the tuples that are in crowds."""
        if self.left[self.there].sum() < TIDY * len(self.there):
            self.there = self.there[self.left[self.there]]

    def _join(self, rest: Integers) -> None:
        """Let each of the last tuples join the crowd that loses least by it."""
        weights, space = self.demand.weights, self.space
        own = np.array([one for one, _ in self.states])
        level = np.array([one for _, one in self.states])
        formed = self.found >= 0
        rows = np.bincount(self.found[formed], weights[formed], minlength=len(own))
        lost = np.array([space.losses_of(*state) for state in self.states])
        for one in rest.tolist():
            units = self.units[one]
            after = space.lost(own, level, units)
            best = int(np.argmin(after * (rows + weights[one]) - lost * rows))
            level[best] = space.joined(own[best], level[best], units)
            rows[best] += weights[one]
            lost[best] = after[best]
            self.found[one] = best


def _oddness(units: Places) -> Floats:
    """Return for each tuple how rare its values are, all together."""
    counts = np.bincount(units.ravel())
    rarity = np.zeros(len(counts))
    there = counts > 0
    rarity[there] = -np.log(counts[there] / len(units))
    found: Floats = rarity[units].sum(axis=1)
    return found
