"""Let what a sweep cannot publish join classes that it has published."""

from dataclasses import dataclass

import numpy as np

from desensitize.privacy.grouping import Pool
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Floats, Integers, Lattice, Levels
from desensitize.privacy.predicates import Predicates, References
from desensitize.privacy.trimming import Trimming

TRIES = ((1.0, 1), (0.3, 1), (1.0, 4))
"""What a group tries in turn: the share of its commonest rows that comes, and into how many of the
cheapest classes, made one."""


class Published:
    """Hold the classes that a sweep has published, and the node of each of their tuples.

    A class that became part of another has no rows left.
    """

    def __init__(self, lattice: Lattice) -> None:
        count = len(lattice.counts)
        self.lattice = lattice
        self.nodes: Integers = np.full(count, SUPPRESSED, dtype=np.int64)
        self.classes: Integers = np.full(count, -1, dtype=np.int64)
        self.count = 0
        self._first: Integers = np.zeros(count, dtype=np.int64)
        self._levels: Levels = np.zeros((count, len(lattice.columns)), dtype=np.int16)
        self._sizes: Integers = np.zeros(count, dtype=np.int64)
        self._losses: Floats = np.zeros(count, dtype=np.float64)

    def add(self, node: int, classes: Integers, tuples: Integers, sizes: Integers) -> None:
        """Publish new classes at a node; `classes` numbers from 0 the class of each tuple."""
        start, end = self.count, self.count + len(sizes)
        self.nodes[tuples] = node
        self.classes[tuples] = start + classes
        self._first[start + classes] = tuples
        self._levels[start:end] = self.lattice.nodes[node]
        self._sizes[start:end] = sizes
        self._losses[start:end] = self.lattice.losses(node, self._first[start:end])
        self.count = end

    def below(self, node: int) -> Integers:
        """Return the classes that can be coarsened to a node."""
        fits = (self._levels[: self.count] <= self.lattice.nodes[node]).all(axis=1)
        return np.flatnonzero(fits & (self._sizes[: self.count] > 0))

    def first(self, classes: Integers) -> Integers:
        """Return a tuple of each class."""
        return self._first[classes]

    def cost(self, classes: Integers, coarser: Floats) -> Floats:
        """Return the loss, in rows, that is added where a row of each class loses `coarser`."""
        cost: Floats = self._sizes[classes] * (coarser - self._losses[classes])
        return cost

    def members(self, classes: Integers, owners: Integers) -> tuple[Integers, Integers]:
        """Return the tuples of some classes, and for each the owner of its class."""
        # The last entry is that of tuples without a class.
        owner_of = np.full(self.count + 1, -1, dtype=np.int64)
        owner_of[classes] = owners
        found = owner_of.take(self.classes)
        members = np.flatnonzero(found >= 0)
        return members, found[members]

    def merge(
        self,
        node: int,
        joined: tuple[Integers, Integers],
        members: tuple[Integers, Integers],
        new: tuple[Integers, Integers],
    ) -> None:
        """Make classes and new tuples one class at a node, group by group.

        `joined` has classes and the group of each, `members` their tuples and `new` new tuples
        with the group of each.
        """
        classes, owners = joined
        olds, owned = members
        tuples, groups = new
        heads = np.zeros(int(owners.max()) + 1, dtype=np.int64)
        heads[owners[::-1]] = classes[::-1]
        self.classes[olds] = heads[owned]
        self.classes[tuples] = heads[groups]
        self.nodes[olds] = self.nodes[tuples] = node
        rows = np.bincount(owners, weights=self._sizes[classes], minlength=len(heads))
        rows += np.bincount(groups, weights=self.lattice.counts[tuples], minlength=len(heads))
        self._sizes[classes] = 0
        kept = np.unique(owners)
        self._sizes[heads[kept]] = rows[kept].astype(np.int64)
        self._levels[heads[kept]] = self.lattice.nodes[node]
        self._losses[heads[kept]] = self.lattice.losses(node, self._first[heads[kept]])


@dataclass
class _Groups:
    """Hold groups of what is left that share their labels at a node with published classes.

    `places` are those of the pool, with the group of each; `classes` come by group, the cheapest
    first, with `owners` their groups and `added` the summed cost up to each.
    """

    count: int
    places: Integers
    groups: Integers
    classes: Integers
    owners: Integers
    added: Floats
    loss: Floats


class Adoption:
    """Let groups of what is left join published classes wherever the price is right.

    A group pays what the classes lose by being coarsened to the node that they have in common,
    and its own loss there; a row that finds no class would lose everything.
    """

    def __init__(self, pool: Pool, published: Published, predicates: Predicates) -> None:
        self.pool, self.published, self.predicates = pool, published, predicates
        self.lattice = pool.lattice
        self.trimming = Trimming(predicates)
        self.rows = 0

    def at(self, node: int, price: float, against: References) -> None:
        """Publish at a node whatever can join classes for at most `price` a row."""
        met = self._met(node)
        if met is None:
            return
        free = np.ones(met.count, dtype=bool)
        for share, most in TRIES:
            if not len(met.places):
                break
            tried = self._tried(met, free, share, most, price)
            if tried is not None:
                self._join(node, met, free, tried, against)
        self.pool.tidy()

    def _met(self, node: int) -> _Groups | None:
        below = self.published.below(node)
        if not len(below):
            return None
        first = self.published.first(below)
        keys = self.lattice.keys(node, first)
        different, owners = np.unique(keys, return_inverse=True)
        mine = self.pool.keys(node)
        groups = np.minimum(np.searchsorted(different, mine), len(different) - 1)
        places = np.flatnonzero((different[groups] == mine) & self.pool.left)
        if not len(places):
            return None
        groups = groups[places]
        order = np.argsort(groups, kind="stable")
        coarser = self.lattice.losses(node, first)
        cost = self.published.cost(below, coarser)
        cheapest = np.lexsort((cost, owners))
        losses = np.zeros(len(different), dtype=np.float64)
        losses[owners] = coarser
        return _Groups(
            count=len(different),
            places=places[order],
            groups=groups[order],
            classes=below[cheapest],
            owners=owners[cheapest].astype(np.int64),
            added=np.concatenate([[0.0], np.cumsum(cost[cheapest])]),
            loss=losses,
        )

    def _tried(
        self, met: _Groups, free: Booleans, share: float, most: int, price: float
    ) -> tuple[Booleans, Booleans] | None:
        """Return which places and which classes come together; None where no price is right."""
        weights = self.pool.counts[met.places]
        starts = np.searchsorted(met.owners, np.arange(met.count + 1))
        there = np.diff(starts)
        ends = starts[:-1] + np.minimum(most, there)
        cost = met.added[ends] - met.added[starts[:-1]]
        rows = np.bincount(met.groups, weights=weights, minlength=met.count)
        # With no more classes than were tried before there is nothing new to try.
        active = free & (rows > 0) & ((there > 1) | (most == 1))
        active &= cost <= (price - met.loss) * rows
        coming = active[met.groups]
        if share < 1 and coming.any():
            places, groups = met.places[coming], met.groups[coming]
            staying = self.trimming.kept(
                groups, self.pool.tuples[places], weights[coming], met.count, share
            )
            coming[coming] = staying
            rows = np.bincount(met.groups[coming], weights=weights[coming], minlength=met.count)
            active &= (rows > 0) & (cost <= (price - met.loss) * rows)
            coming &= active[met.groups]
        if not active.any():
            return None
        rank = np.arange(len(met.owners)) - starts[met.owners]
        return coming, (rank < most) & active[met.owners]

    def _join(
        self,
        node: int,
        met: _Groups,
        free: Booleans,
        tried: tuple[Booleans, Booleans],
        against: References,
    ) -> None:
        coming, meeting = tried
        numbers = np.full(met.count, -1, dtype=np.int64)
        active = np.unique(met.groups[coming])
        numbers[active] = np.arange(len(active))
        classes, owners = met.classes[meeting], numbers[met.owners[meeting]]
        places, groups = met.places[coming], numbers[met.groups[coming]]
        members, owned = self.published.members(classes, owners)
        tuples = self.pool.tuples[places]
        together = np.concatenate([members, tuples])
        union = np.concatenate([owned, groups])
        sizes = np.bincount(union, weights=self.lattice.counts[together], minlength=len(active))
        good = self.predicates.hold(node, union, together, sizes.astype(np.int64), against)
        if not good.any():
            return
        taken = good[groups]
        self.published.merge(
            node,
            (classes[good[owners]], owners[good[owners]]),
            (members[good[owned]], owned[good[owned]]),
            (tuples[taken], groups[taken]),
        )
        free[active[good]] = False
        self.rows += int(self.lattice.counts[tuples[taken]].sum())
        self.pool.take(places[taken])
        left = self.pool.left[met.places]
        met.places, met.groups = met.places[left], met.groups[left]


def publish(
    pool: Pool, published: Published, node: int, found: tuple[Integers, Integers], good: Booleans
) -> None:
    """Publish the good ones among the classes of some places."""
    places, classes = found
    taken = good[classes]
    numbers = np.cumsum(good) - 1
    tuples = pool.tuples[places[taken]]
    sizes = np.bincount(classes, weights=pool.counts[places], minlength=len(good))
    published.add(node, numbers[classes[taken]], tuples, sizes[good].astype(np.int64))
    pool.take(places[taken])
