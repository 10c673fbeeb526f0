"""Global recoding: the one level for each column that loses least."""

from dataclasses import dataclass

import numpy as np

from desensitize.privacy.grouping import Pool, grouped, possible
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Floats, Integers, Lattice
from desensitize.privacy.predicates import Predicates
from desensitize.privacy.settling import settled

ROUNDING = 1e-12
MOST_SNAPSHOTS = 64
SMALLER = 0.7


def optimum(lattice: Lattice, predicates: Predicates, suppression_limit: float) -> Integers | None:
    """Return for each distinct tuple the best node or SUPPRESSED, None when no node will do.

    Rows in classes that do not reach what is asked are suppressed, up to the given share of all
    rows. Nodes are visited in ascending cost without suppression, which no node can beat; the
    search ends when that bound passes the best loss found. Of equal losses the one with fewer
    suppressed rows wins.
    """
    search = _Search(lattice, predicates, suppression_limit)
    search.run()
    return search.best


@dataclass(frozen=True)
class _Snapshot:
    """Hold the classes at a node, from which those at any node above it follow (roll-up)."""

    levels: Integers
    members: Integers
    counts: Floats
    classes: Integers


class _Search:
    """Go through the lattice; what suppresses too much does so at every finer node too."""

    def __init__(self, lattice: Lattice, predicates: Predicates, limit: float) -> None:
        self.lattice = lattice
        self.predicates = predicates
        self.allowed = int(np.floor(limit * lattice.rows + 1e-9))
        everything = np.arange(len(lattice.counts), dtype=np.int64)
        self.against = predicates.references(np.ones(len(everything), dtype=bool))
        self.base = _Snapshot(
            np.zeros(len(lattice.columns), dtype=np.int64),
            everything,
            lattice.counts.astype(np.float64),
            everything,
        )
        self.snapshots = [self.base]
        self.pool = Pool(lattice, everything)
        # One axis a column, so that all nodes below one are a slice.
        self.refusals: Booleans = np.zeros(lattice.depths, dtype=bool)
        self.checked: Booleans = np.zeros(len(lattice.nodes), dtype=bool)
        self.best_loss = np.inf
        self.best_suppressed = lattice.rows
        self.best: Integers | None = None

    def run(self) -> None:
        """Visit nodes in ascending cost until none can be better."""
        for node in range(len(self.lattice.nodes)):
            if self.lattice.costs[node] > self.best_loss + ROUNDING:
                break
            if not self._refused(node) and not self.checked[node]:
                self._bisect(self._chain(node))

    def _chain(self, node: int) -> list[int]:
        """Go up from a node by the cheapest steps, while a node may still be the best."""
        chain = [node]
        levels = self.lattice.nodes[node].copy()
        heights = self.lattice.nodes[self.lattice.top]
        while (steps := np.flatnonzero(levels < heights)).size:
            above = np.repeat(levels[None, :], len(steps), axis=0)
            above[np.arange(len(steps)), steps] += 1
            nodes = self.lattice.nodes_at(above)
            following = int(nodes.min())
            if self.lattice.costs[following] > self.best_loss + ROUNDING:
                break
            chain.append(following)
            levels = self.lattice.nodes[following].copy()
        return chain

    def _bisect(self, chain: list[int]) -> None:
        """Find the lowest node of a chain that does not suppress too much."""
        low, high = 0, len(chain) - 1
        while low <= high:
            middle = (low + high) // 2
            node = chain[middle]
            if not self._refused(node) and not self.checked[node]:
                self._check(node)
            if self._refused(node):
                low = middle + 1
            else:
                high = middle - 1

    def _check(self, node: int) -> None:
        levels = self.lattice.nodes[node].astype(np.int64)
        below = [one for one in self.snapshots if (one.levels <= levels).all()]
        start = min(below, key=lambda one: len(one.members))
        keys = (
            self.pool.keys(node) if start is self.base else self.lattice.keys(node, start.members)
        )
        smallest = self.predicates.asked.fewest_rows
        may = possible(keys, start.counts, smallest)
        if start.counts[~may].sum() > self.allowed:
            self._refuse(node)
            return
        merged, sizes, first = grouped(keys, start.counts)
        members, classes = start.members[first], merged[start.classes]
        good = self.predicates.hold(node, classes, self.base.members, sizes, self.against)
        if sizes[~good].sum() > self.allowed:
            self._refuse(node)
            return
        self.checked[node] = True
        if len(members) < SMALLER * len(start.members):
            self.snapshots.append(_Snapshot(levels, members, sizes.astype(np.float64), classes))
            del self.snapshots[1:-MOST_SNAPSHOTS]
        self._weigh(node, members, classes, sizes, good)

    def _refuse(self, node: int) -> None:
        self.refusals[tuple(slice(0, level + 1) for level in self.lattice.nodes[node])] = True

    def _refused(self, node: int) -> bool:
        return bool(self.refusals.flat[self.lattice.ranks[node]])

    def _weigh(
        self, node: int, members: Integers, classes: Integers, sizes: Integers, good: Booleans
    ) -> None:
        if self.predicates.asked.closeness:
            kept = settled(self.predicates, classes, len(sizes), good[classes])
            good = np.zeros(len(sizes), dtype=bool)
            good[classes[kept]] = True
        suppressed = int(sizes[~good].sum())
        if suppressed > self.allowed or suppressed == self.lattice.rows:
            return
        losses = np.where(good, self.lattice.losses(node, members), 1.0)
        loss = float((losses * sizes).sum() / self.lattice.rows)
        as_good = loss < self.best_loss + ROUNDING and suppressed < self.best_suppressed
        if loss < self.best_loss - ROUNDING or as_good:
            self.best_loss, self.best_suppressed = loss, suppressed
            self.best = np.where(good[classes], node, SUPPRESSED)
