"""Leave out some of the rows whose sensitive value is too frequent in their class."""

import numpy as np

from desensitize.privacy.lattice import Booleans, Floats, Integers
from desensitize.privacy.predicates import Predicates


class Trimming:
    """Make classes more mixed, by the first sensitive column that something is asked of.

    It only proposes: what is published is judged by all that is asked.
    """

    def __init__(self, predicates: Predicates) -> None:
        name = predicates.asked.sensitive[0]
        self.cells = predicates.cells[name]
        everything = np.ones(len(self.cells.starts) - 1, dtype=bool)
        self.whole: Floats = (
            self.cells.shares(everything)
            if name in predicates.asked.closeness
            else np.zeros(self.cells.different, dtype=np.float64)
        )
        alone = np.diff(self.cells.starts) == 1
        self.only: Integers = np.full(len(alone), -1, dtype=np.int64)
        self.only[alone] = self.cells.values[self.cells.starts[:-1][alone]]

    def frequent(self, classes: Integers, tuples: Integers, count: int) -> Integers:
        """Return for each class the value whose share lies farthest above that of the table."""
        found = self.cells.of_classes(classes, tuples, count)
        order = np.lexsort((found.shares - self.whole[found.values], found.classes))
        last = np.flatnonzero(np.append(np.diff(found.classes[order]) != 0, True))
        values = np.full(count, -1, dtype=np.int64)
        values[found.classes[order][last]] = found.values[order][last]
        return values

    def kept(
        self, classes: Integers, tuples: Integers, weights: Floats, count: int, share: float
    ) -> Booleans:
        """Say what stays when of the tuples of the frequent value alone only a share does."""
        too_many = self.only[tuples] == self.frequent(classes, tuples, count)[classes]
        order = np.lexsort((~too_many, classes))
        rows = np.where(too_many, weights, 0.0)[order]
        running = np.cumsum(rows)
        owners = classes[order]
        starts = np.searchsorted(owners, np.arange(count))
        before = np.append(running, 0.0)[starts - 1] * (starts > 0)
        totals = np.bincount(owners, weights=rows, minlength=count)
        answer = np.empty(len(classes), dtype=bool)
        answer[order] = (running - before[owners] <= share * totals[owners]) | ~too_many[order]
        return answer
