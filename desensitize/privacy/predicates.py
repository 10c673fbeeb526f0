"""Tell which classes reach what is asked of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from desensitize.privacy.cells import Cells, ClassCells
from desensitize.privacy.lattice import Booleans, Floats, Integers, Lattice
from desensitize.privacy.models import Closeness, Diversity, Presence, Requirements
from desensitize.privacy.presence import population_rows

# What rounding may take from a sum of logarithms or of shares.
ROUNDING = 1e-12

References = Mapping[str, Floats]


@dataclass(frozen=True)
class Predicates:
    """Judge classes by everything that is asked but their size.

    Each predicate holds for a union of classes if it holds for each of them, against the same
    reference: what a sweep has published stays right whatever is published later.
    """

    lattice: Lattice
    asked: Requirements
    cells: Mapping[str, Cells]

    @property
    def trivial(self) -> bool:
        """Return whether only the size of a class counts."""
        return not (self.asked.diversity or self.asked.closeness or self.asked.needs_population)

    def references(self, kept: Booleans) -> References:
        """Return for each column asked to be close the shares of its values in some tuples."""
        return {name: self.cells[name].shares(kept) for name in self.asked.closeness}

    def hold(
        self,
        nodes: Integers | int,
        classes: Integers,
        tuples: Integers,
        sizes: Integers,
        against: References,
    ) -> Booleans:
        """Say which classes reach everything, their size included.

        `classes` has the class of each tuple, `nodes` the node of each class, or that of all.
        """
        good = sizes >= self.asked.fewest_rows
        if self.trivial or not good.any():
            return good
        # Only what is large enough is looked at further.
        numbers = np.cumsum(good) - 1
        chosen = good[classes]
        members, owners = tuples[chosen], numbers[classes[chosen]]
        good[good] = self.values_hold(
            owners, members, int(good.sum()), against
        ) & self._population_holds(
            nodes if isinstance(nodes, int) else nodes[good], owners, members, sizes[good]
        )
        return good

    def values_hold(
        self, classes: Integers, tuples: Integers, count: int, against: References
    ) -> Booleans:
        """Say which of `count` classes reach what is asked of their sensitive values."""
        good = np.ones(count, dtype=bool)
        for name in self.asked.sensitive:
            found = self.cells[name].of_classes(classes, tuples, count)
            if name in self.asked.diversity:
                good &= diverse(found, self.asked.diversity[name])
            if name in self.asked.closeness:
                good &= close(found, self.asked.closeness[name], against[name])
        return good

    def _population_holds(
        self, nodes: Integers | int, classes: Integers, tuples: Integers, sizes: Integers
    ) -> Booleans:
        if not self.asked.needs_population:
            return np.ones(len(sizes), dtype=bool)
        first = np.full(len(sizes), -1, dtype=np.int64)
        first[classes] = tuples
        if isinstance(nodes, int):
            persons = population_rows(self.lattice, nodes, first)
        else:
            persons = np.zeros(len(sizes), dtype=np.int64)
            for node in np.unique(nodes):
                there = nodes == node
                persons[there] = population_rows(self.lattice, int(node), first[there])
        good: Booleans = persons >= self.asked.population_class
        if self.asked.presence is not None:
            good &= present(sizes, persons, self.asked.presence)
        return good


def diverse(found: ClassCells, asked: Diversity) -> Booleans:
    """Say which classes have the diversity asked for."""
    return DIVERSITIES[asked.kind](found, asked)


def _distinct(found: ClassCells, asked: Diversity) -> Booleans:
    different = np.bincount(found.classes, minlength=len(found.sizes))
    return different >= asked.least


def _entropy(found: ClassCells, asked: Diversity) -> Booleans:
    shares = found.shares
    entropies = np.bincount(
        found.classes, weights=-shares * np.log(shares), minlength=len(found.sizes)
    )
    good: Booleans = entropies >= log(asked.least) - ROUNDING
    return good


def _recursive(found: ClassCells, asked: Diversity) -> Booleans:
    order = np.lexsort((-found.rows, found.classes))
    classes, rows = found.classes[order], found.rows[order]
    different = np.bincount(classes, minlength=len(found.sizes))
    starts = np.cumsum(different) - different
    rank = np.arange(len(classes)) - starts[classes]
    commonest = np.bincount(classes[rank == 0], weights=rows[rank == 0], minlength=len(different))
    tail = rank >= int(asked.least) - 1
    rest = np.bincount(classes[tail], weights=rows[tail], minlength=len(different))
    good: Booleans = commonest < asked.constant * rest
    return good


DIVERSITIES: Mapping[str, Callable[[ClassCells, Diversity], Booleans]] = {
    "distinct": _distinct,
    "entropy": _entropy,
    "recursive": _recursive,
}


def close(found: ClassCells, asked: Closeness, whole: Floats) -> Booleans:
    """Say which classes lie close enough to the whole."""
    distance = ordered_distances if asked.kind == "ordered" else equal_distances
    good: Booleans = distance(found, whole) <= asked.most + ROUNDING
    return good


def equal_distances(found: ClassCells, whole: Floats) -> Floats:
    """Return each class's distance when all values are equally far: half the absolute differences.

    Over the values that a class lacks their sum is what the others leave of 1.
    """
    expected = whole[found.values]
    count = len(found.sizes)
    differences = np.bincount(
        found.classes, weights=np.abs(found.shares - expected), minlength=count
    )
    covered = np.bincount(found.classes, weights=expected, minlength=count)
    distances: Floats = (differences + 1 - covered) / 2
    return distances


def ordered_distances(found: ClassCells, whole: Floats) -> Floats:
    """Return each class's distance when values lie in a row, neighbours 1 / (values − 1) apart.

    The mean absolute difference of the cumulative shares (Li, Li and Venkatasubramanian, 2007,
    section 3.2). Between two values of a class its own cumulative share stays the same, so each
    stretch between them is added up at once.
    """
    different = len(whole)
    if different < 2 or not len(found.classes):
        return np.zeros(len(found.sizes), dtype=np.float64)
    cumulative = np.cumsum(whole)
    sums = np.concatenate([[0.0], np.cumsum(cumulative)])
    running = np.cumsum(found.rows)
    counts = np.bincount(found.classes, minlength=len(found.sizes))
    firsts = (np.cumsum(counts) - counts)[counts > 0]
    before = np.zeros(len(found.sizes), dtype=np.int64)
    before[counts > 0] = running[firsts] - found.rows[firsts]
    reached = (running - before[found.classes]) / found.sizes[found.classes]
    starts = found.values
    ends = np.append(found.values[1:], different)
    lasts = np.append(firsts[1:] - 1, len(found.classes) - 1)
    ends[lasts] = different
    crossing = np.clip(np.searchsorted(cumulative, reached), starts, ends)
    stretches = (
        reached * (crossing - starts)
        - (sums[crossing] - sums[starts])
        + (sums[ends] - sums[crossing])
        - reached * (ends - crossing)
    )
    totals = np.bincount(found.classes, weights=stretches, minlength=len(found.sizes))
    # Before a class's first value its cumulative share is nothing.
    totals[found.classes[firsts]] += sums[starts[firsts]]
    distances: Floats = totals / (different - 1)
    return distances


def present(sizes: Integers, persons: Integers, asked: Presence) -> Booleans:
    """Say in which classes the share of the population that is in the table lies as asked."""
    shares = sizes / np.maximum(persons, 1)
    return (persons > 0) & (shares >= asked.low - ROUNDING) & (shares <= asked.high + ROUNDING)
