"""Ascending-cost sweep: each row is generalized only as far as its neighbours need."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desensitize.privacy.adoption import Adoption, Published, publish
from desensitize.privacy.grouping import Pool, grouped
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Integers, Lattice
from desensitize.privacy.predicates import Predicates, References

EACH = 60
"""So many of the cheapest nodes are visited one by one."""

FEW = 0.1
"""Where so small a share of the rows has no class of its own by then, every node is visited."""


@dataclass(frozen=True)
class Fineness:
    """Say how closely a sweep looks where something is asked of sensitive values.

    Rows join published classes from node `first` on. From node `EACH` on every
    (number / `divisor`)th node is visited. What is too much alike is
    tried again with a share `trims` of its commonest rows. A row may cost `price` times what the
    node costs on average. At the end rows that lost more than one of `dear` are split anew.
    """

    first: int
    divisor: int
    trims: tuple[float, ...]
    price: float
    dear: tuple[float, ...]


QUICK = Fineness(first=45, divisor=10, trims=(), price=1.5, dear=(0.4,))
THOROUGH = Fineness(first=30, divisor=100, trims=(0.6, 0.3), price=1.2, dear=(0.6, 0.4))


def sweep(lattice: Lattice, predicates: Predicates, *, among: Integers | None = None) -> Integers:
    """Return for each distinct tuple the node at which it is published, or SUPPRESSED.

    Nodes are visited in ascending cost; what is left is grouped at the node, every class that
    reaches what is asked is published and leaves the search. Deterministic, and so open to
    minimality attacks, as local recoding is elsewhere. `among` are the tuples that take part.
    """
    chosen = np.full(len(lattice.counts), SUPPRESSED, dtype=np.int64)
    everything: Booleans = np.ones(len(lattice.counts), dtype=bool)
    against = predicates.references(everything)
    smallest = predicates.asked.fewest_rows
    if among is None:
        among = np.arange(len(lattice.counts), dtype=np.int64)
    pool = Pool(lattice, among)
    for node in range(len(lattice.nodes)):
        if pool.rows < smallest:
            break
        places, keys = pool.candidates(node, smallest)
        if not len(places):
            continue
        tuples = pool.tuples[places]
        classes, sizes, _ = grouped(keys, pool.counts[places])
        published = predicates.hold(node, classes, tuples, sizes, against)[classes]
        if published.any():
            chosen[tuples[published]] = node
            pool.remove(places[published])
    return chosen


def sweep_for_values(lattice: Lattice, predicates: Predicates, fineness: Fineness) -> Integers:
    """Do what `sweep` does where something is asked of sensitive values.

    Rows that are too much alike find no class of their own however coarse it is. So at each node
    they may also join classes that are published already, which become coarser for it.
    """
    pool = Pool(lattice, np.arange(len(lattice.counts), dtype=np.int64))
    published = Published(lattice)
    adoption = Adoption(pool, published, predicates)
    against = predicates.references(np.ones(len(lattice.counts), dtype=bool))
    chosen = set(visited(len(lattice.nodes), fineness.divisor))
    few = False
    for node in range(len(lattice.nodes)):
        if not pool.size:
            break
        if node == EACH:
            few = pool.rows + adoption.rows <= FEW * lattice.rows
        if node in chosen or few:
            _publish_at(node, adoption, fineness, against)
        if node in chosen and pool.size and published.count and node >= fineness.first:
            price = fineness.price * float(lattice.costs[node])
            adoption.at(node, price, against)
    return published.nodes


def visited(nodes: int, divisor: int) -> Iterator[int]:
    """Return the nodes to visit: the first ones each, then ever fewer, and the last."""
    node = 0
    while node < nodes - 1:
        yield node
        node += 1 if node < EACH else max(1, node // divisor)
    yield nodes - 1


def _publish_at(node: int, adoption: Adoption, fineness: Fineness, against: References) -> None:
    pool, predicates = adoption.pool, adoption.predicates
    smallest = predicates.asked.fewest_rows
    if pool.rows < smallest:
        return
    places, keys = pool.candidates(node, smallest)
    for share in (1.0, *fineness.trims):
        if not len(places):
            break
        classes, sizes, _ = grouped(keys, pool.counts[places])
        coming = (sizes >= smallest)[classes]
        if share < 1:
            tuples, weights = pool.tuples[places], pool.counts[places]
            coming &= adoption.trimming.kept(classes, tuples, weights, len(sizes), share)
        rows = np.bincount(classes[coming], weights=pool.counts[places[coming]])
        sizes = np.zeros(len(sizes), dtype=np.int64)
        sizes[: len(rows)] = rows
        good = predicates.hold(node, classes[coming], pool.tuples[places[coming]], sizes, against)
        if good.any():
            publish(pool, adoption.published, node, (places[coming], classes[coming]), good)
        left = ~good[classes]
        places, keys = places[left], keys[left]
    pool.tidy()
