"""What is asked of a crowd: rows, and how the values of sensitive columns stand in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from desensitize.privacy.cells import Cells, ClassCells
from desensitize.privacy.lattice import Booleans, Floats, Integers
from desensitize.privacy.models import Closeness, Diversity, Requirements
from desensitize.privacy.predicates import (
    ROUNDING,
    diverse,
    equal_distances,
    ordered_distances,
)

ALWAYS = 2
"""So many different values of each sensitive column that is looked at stand in every crowd."""


@dataclass(frozen=True)
class Demand:
    """Hold what is asked of a crowd, and by what of some tuples it is told.

    `weights` are the rows of each tuple; `lowest` and `highest` have, by sensitive column, the
    numbers of the lowest and the highest value in each. `places` are the numbers of the tuples in
    `cells`, and `whole` has the share of each value in the whole published table.
    """

    weights: Integers
    asked: Requirements
    lowest: Integers
    highest: Integers
    places: Integers
    cells: Mapping[str, Cells]
    whole: Mapping[str, Floats]

    @property
    def smallest(self) -> int:
        """Return how many rows a crowd has at least."""
        return self.asked.smallest_class

    @cached_property
    def asks_more(self) -> bool:
        """Return whether more is asked of the values than that there are two."""
        return bool(self.asked.closeness) or any(
            one.kind != "distinct" or one.least > ALWAYS for one in self.asked.diversity.values()
        )

    def of(self, tuples: Integers) -> "Demand":
        """Return what is asked, of some tuples alone."""
        return replace(
            self,
            weights=self.weights[tuples],
            lowest=self.lowest[:, tuples],
            highest=self.highest[:, tuples],
            places=self.places[tuples],
        )

    def is_met(self, tuples: Integers) -> bool:
        """Return whether tuples could be a crowd."""
        return bool(self.hold(np.zeros(len(tuples), dtype=np.int64), tuples, 1)[0])

    def hold(self, groups: Integers, tuples: Integers, count: int) -> Booleans:
        """Say which of `count` groups could be crowds; `groups` has the group of each tuple."""
        lowest = np.full((len(self.lowest), count), np.iinfo(np.int64).max)
        highest = np.full_like(lowest, -1)
        for place in range(len(lowest)):
            np.minimum.at(lowest[place], groups, self.lowest[place, tuples])
            np.maximum.at(highest[place], groups, self.highest[place, tuples])
        rows = np.bincount(groups, self.weights[tuples], minlength=count)
        good: Booleans = (rows >= self.smallest) & (lowest < highest).all(axis=0)
        good &= self.lacks(groups, tuples, count) == 0
        return good

    def lacks_of(self, tuples: Sequence[int]) -> float:
        """Return how far the values of some tuples are from what is asked of a crowd."""
        if not self.asks_more:
            return 0.0
        groups = np.zeros(len(tuples), dtype=np.int64)
        return float(self.lacks(groups, np.asarray(tuples), 1)[0])

    def lacks_with(self, tuples: Sequence[int], others: Integers) -> Floats:
        """Return how far they would be with each of some others."""
        count = len(others)
        groups = np.r_[np.repeat(np.arange(count), len(tuples)), np.arange(count)]
        return self.lacks(groups, np.r_[np.tile(tuples, count), others], count)

    def lacks(self, groups: Integers, tuples: Integers, count: int) -> Floats:
        """Return how far the values of each of `count` groups are from what is asked of them.

        `groups` has the group of each tuple. Where nothing is lacking it is 0.
        """
        lacking = np.zeros(count)
        if not self.asks_more:
            return lacking
        for name in self.asked.sensitive:
            found = self.cells[name].of_classes(groups, self.places[tuples], count)
            if name in self.asked.diversity:
                lacking += _uniform(found, self.asked.diversity[name])
            if name in self.asked.closeness:
                lacking += _far(found, self.asked.closeness[name], self.whole[name])
        return lacking


def _far(found: ClassCells, asked: Closeness, whole: Floats) -> Floats:
    distance = ordered_distances if asked.kind == "ordered" else equal_distances
    beyond = distance(found, whole) - asked.most
    far: Floats = np.where(beyond > ROUNDING, beyond, 0.0)
    return far


def _uniform(found: ClassCells, asked: Diversity) -> Floats:
    if asked.kind != "distinct":
        return (~diverse(found, asked)).astype(np.float64)
    different = np.bincount(found.classes, minlength=len(found.sizes))
    lacking: Floats = np.maximum(0.0, (asked.least - different) / asked.least)
    return lacking
