"""Form crowds: rows that share one set of labels in many columns, at little loss."""

from collections.abc import Iterator

import numpy as np

from desensitize.privacy.demand import Demand
from desensitize.privacy.lattice import Floats, Integers
from desensitize.privacy.space import Losses, Places, Space

MOST_MEMBERS = 5_000
"""So many tuples are compared with one another: a larger class is cut where it differs most."""
MOST_NEAR, FEW_NEAR = 64, 8
"""Of so many that are nearest to a crowd, it gets the one after which it lacks least."""
ROUNDS = 12
TIDY = 0.75


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
        return merged(self.space, self.demand, self.found, self.states)

    def _gather(self, seed: int) -> bool:
        """Form a crowd around a tuple; return whether enough was left for it."""
        demand, members = self.demand, [seed]
        own, level = self.space.start(self.units[seed])
        rows = int(demand.weights[seed])
        lowest, highest = demand.lowest[:, seed].copy(), demand.highest[:, seed].copy()
        self._tidy()
        self.left[seed] = False
        units = self.units[self.there]
        while rows < demand.smallest or (lowest == highest).any() or demand.lacks_of(members) > 0:
            able = self.left[self.there]
            if rows >= demand.smallest and (lowest == highest).any():
                lacking = np.flatnonzero(lowest == highest)
                others = demand.lowest[lacking][:, self.there] != lowest[lacking][:, None]
                others |= demand.highest[lacking][:, self.there] != highest[lacking][:, None]
                able &= others.any(axis=0)
            if not able.any():
                self.left[members] = True
                return False
            lost = self.space.lost(own, level, units)
            lost[~able] = np.inf
            nearest = self._nearest(lost, members)
            level = self.space.joined(own, level, self.units[nearest])
            members.append(nearest)
            self.left[nearest] = False
            rows += int(demand.weights[nearest])
            lowest = np.minimum(lowest, demand.lowest[:, nearest])
            highest = np.maximum(highest, demand.highest[:, nearest])
        self.found[members] = len(self.states)
        self.states.append((own, level))
        return True

    def _nearest(self, lost: Losses, members: list[int]) -> int:
        """Return what is nearest to a crowd; of what is near, what it lacks most."""
        if not self.demand.asks_more:
            return int(self.there[np.argmin(lost)])
        # Of a large crowd one more changes little.
        most = max(FEW_NEAR, MOST_NEAR * FEW_NEAR**2 // max(FEW_NEAR**2, len(members)))
        near = np.argsort(lost, kind="stable")[:most]
        near = self.there[near[np.isfinite(lost[near])]]
        return int(near[np.argmin(self.demand.lacks_with(members, near))])

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
            costs = after * (rows + weights[one]) - lost * rows
            best = int(np.argmin(self._where_it_holds(one, costs)))
            level[best] = space.joined(own[best], level[best], units)
            rows[best] += weights[one]
            lost[best] = after[best]
            self.found[one] = best

    def _where_it_holds(self, one: int, costs: Floats) -> Floats:
        """Return the costs of a tuple in each crowd, endless where one would lack something.

        Where each would, they stay as they are.
        """
        if not self.demand.asks_more:
            return costs
        count, there = len(costs), np.flatnonzero(self.found >= 0)
        groups = np.r_[self.found[there], np.arange(count)]
        tuples = np.r_[there, np.full(count, one)]
        lacking = self.demand.lacks(groups, tuples, count) > 0
        return costs if lacking.all() else np.where(lacking, np.inf, costs)


def merged(
    space: Space, demand: Demand, crowds: Integers, states: list[tuple[Integers, Integers]]
) -> Integers:
    """Put crowds together until none lacks anything, each with another at the least loss.

    Crowds that reach what is asked do so together too: nothing that was reached is lost.
    """
    if not demand.asks_more:
        return crowds
    crowds, every = crowds.copy(), np.arange(len(crowds))
    own = np.array([one for one, _ in states])
    level = np.array([one for _, one in states])
    rows = np.bincount(crowds, demand.weights, minlength=len(own))
    while len(own) > 1:
        lacking = demand.lacks(crowds, every, len(own))
        worst = int(np.argmax(lacking))
        if not lacking[worst]:
            break
        levels = space.together(own, level, worst)
        costs = space.losses_of_all(own, levels) * (rows + rows[worst])
        costs = costs - space.losses_of_all(own, level) * rows
        moved = np.flatnonzero(crowds == worst)
        groups = np.r_[crowds, np.repeat(np.arange(len(own)), len(moved))]
        then = demand.lacks(groups, np.r_[every, np.tile(moved, len(own))], len(own))
        costs[worst], then[worst] = np.inf, np.inf
        best = int(np.lexsort((costs, then))[0])
        level[best], rows[best] = levels[best], rows[best] + rows[worst]
        crowds[moved] = best
        crowds[crowds > worst] -= 1
        own, level, rows = (np.delete(one, worst, axis=0) for one in (own, level, rows))
    return crowds


def _oddness(units: Places) -> Floats:
    """Return for each tuple how rare its values are, all together."""
    counts = np.bincount(units.ravel())
    rarity = np.zeros(len(counts))
    there = counts > 0
    rarity[there] = -np.log(counts[there] / len(units))
    found: Floats = rarity[units].sum(axis=1)
    return found
