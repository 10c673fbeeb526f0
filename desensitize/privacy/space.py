"""How near tuples are to each other: the loss of putting them under one label."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desensitize.privacy.lattice import Booleans, CodedColumn, Floats, Integers

MOST_UNITS = 96
"""So many values of a column are told apart while crowds form; the others by a coarser label."""

Places = NDArray[np.int32]
Losses = NDArray[np.float32]


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

    def losses_of_all(self, own: Integers, level: Integers) -> Floats:
        """Return the loss of one row of each of several crowds, added up over columns."""
        found: Floats = self.losses[self._columns, own, level, own].sum(axis=1).astype(np.float64)
        return found

    def together(self, own: Integers, level: Integers, one: int) -> Integers:
        """Return the levels of each of several crowds that one of them has joined."""
        meets = self.levels[self._columns, own, own[one]]
        found: Integers = np.maximum(np.maximum(level, level[one]), meets)
        return found

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
