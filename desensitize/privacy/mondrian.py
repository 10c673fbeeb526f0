"""Mondrian over hierarchies: start with everything as “*” and split as long as it can be."""

from dataclasses import dataclass

import numpy as np

from desensitize.privacy.grouping import grouped_within
from desensitize.privacy.lattice import Booleans, Floats, Integers, Lattice, Levels
from desensitize.privacy.predicates import Predicates, References

LEAST_GAIN = 1e-9


def mondrian(
    lattice: Lattice, predicates: Predicates, tuples: Integers | None = None
) -> Integers | None:
    """Return for each tuple, of all or of those given, its node; None if nothing can be published.

    After LeFevre, DeWitt and Ramakrishnan (2006), with the steps of hierarchies as splits: every
    class takes the step down that saves most, in all classes at once. Parts that do not reach what
    is asked stay together under the label above. Nothing is suppressed. A quick preview: the sweep
    loses less.
    """
    if tuples is None:
        tuples = np.arange(len(lattice.counts), dtype=np.int64)
    return _Splitting(lattice, predicates, tuples).run()


@dataclass(frozen=True)
class _Split:
    """Hold what one step down in a column makes of each class.

    `part` is the new class of each tuple, or −1 where it stays; `gains` what each class would
    save, 0 where it cannot split.
    """

    part: Integers
    gains: Floats


class _Splitting:
    """Split all classes at once, round by round."""

    def __init__(self, lattice: Lattice, predicates: Predicates, tuples: Integers) -> None:
        self.lattice = lattice
        self.predicates = predicates
        self.tuples = tuples
        self.places = np.arange(len(tuples), dtype=np.int64)
        self.counts: Floats = lattice.counts[tuples].astype(np.float64)
        self.classes = np.zeros(len(self.tuples), dtype=np.int64)
        self.levels: Levels = lattice.nodes[[lattice.top]]
        self.against: References = predicates.references(np.ones(len(lattice.counts), dtype=bool))

    def run(self) -> Integers | None:
        """Split until no class can be."""
        whole = np.array([int(self.counts.sum())], dtype=np.int64)
        if not self.predicates.hold(
            self.lattice.top, self.classes, self.tuples, whole, self.against
        )[0]:
            return None
        chosen = np.empty(len(self.tuples), dtype=np.int64)
        while len(self.tuples):
            splits = [self._split(position) for position in range(len(self.lattice.columns))]
            gains = np.stack([split.gains for split in splits])
            best = gains.argmax(axis=0)
            going = gains.max(axis=0) > 0
            resting = ~going[self.classes]
            chosen[self.places[resting]] = self.lattice.nodes_at(self.levels)[self.classes[resting]]
            self._go_on(splits, best, going)
        return chosen

    def _go_on(self, splits: list[_Split], best: Integers, going: Booleans) -> None:
        active = going[self.classes]
        classes, tuples = self.classes[active], self.tuples[active]
        column = best[classes]
        parts = np.stack([split.part[active] for split in splits])[column, np.arange(len(classes))]
        if not len(tuples):
            self.tuples = tuples
            return
        self.places = self.places[active]
        span = int(parts.max()) + 2
        keys = (column * len(going) + classes) * span + parts + 1
        _, first, renumbered = np.unique(keys, return_index=True, return_inverse=True)
        levels = self.levels[classes[first]].copy()
        levels[np.arange(len(first)), column[first]] -= (parts[first] >= 0).astype(np.int16)
        self.tuples, self.counts = tuples, self.counts[active]
        self.classes, self.levels = renumbered.astype(np.int64), levels

    def _split(self, position: int) -> _Split:
        column = self.lattice.columns[position]
        count = len(self.levels)
        level = self.levels[self.classes, position].astype(np.int64)
        below = np.maximum(level - 1, 0)
        codes = column.codes[below, self.tuples]
        size = len(column.labels)
        keys = self.classes * size + codes
        parts, sizes, first = grouped_within(keys, self.counts, count * size)
        owners = self.classes[first]
        finer = self.levels[owners].copy()
        finer[:, position] = below[first]
        good = self._hold(finer, parts, sizes) & (level[first] > 0)
        remains = self._remains(good, parts, sizes, owners)
        label = column.codes[level[first], self.tuples[first]]
        saved = (column.losses[label] - column.losses[codes[first]]) * sizes
        sums = np.bincount(owners, weights=np.where(good, saved, 0.0), minlength=count)
        # A step that saves nothing may open the way to one that does.
        steps = np.bincount(owners, weights=good, minlength=count) > 0
        gains: Floats = np.maximum(sums, LEAST_GAIN) * (remains & steps)
        return _Split(np.where(good[parts], parts, -1), gains)

    def _hold(self, levels: Levels, parts: Integers, sizes: Integers) -> Booleans:
        nodes: Integers | int = self.lattice.top
        if self.predicates.asked.needs_population:
            nodes = self.lattice.nodes_at(levels)
        return self.predicates.hold(nodes, parts, self.tuples, sizes, self.against)

    def _remains(
        self, good: Booleans, parts: Integers, sizes: Integers, owners: Integers
    ) -> Booleans:
        """Say in which classes nothing remains, or what remains reaches what is asked."""
        count = len(self.levels)
        left = np.bincount(owners, weights=np.where(good, 0, sizes), minlength=count).astype(
            np.int64
        )
        staying = ~good[parts]
        held = self._held(staying, left)
        answer: Booleans = (left == 0) | held
        return answer

    def _held(self, staying: Booleans, left: Integers) -> Booleans:
        nodes: Integers | int = self.lattice.top
        if self.predicates.asked.needs_population:
            nodes = self.lattice.nodes_at(self.levels)
        classes, tuples = self.classes[staying], self.tuples[staying]
        return self.predicates.hold(nodes, classes, tuples, left, self.against)
