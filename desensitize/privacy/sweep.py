"""Ascending-cost sweep: each row is generalized only as far as its neighbours need."""

import numpy as np

from desensitize.privacy.grouping import Pool, grouped
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Integers, Lattice
from desensitize.privacy.predicates import Predicates


def sweep(lattice: Lattice, predicates: Predicates) -> Integers:
    """Answer for each distinct tuple the node at which it is published, or SUPPRESSED.

    Nodes are visited in ascending cost; what is left is grouped at the node, every class that
    reaches what is asked is published and leaves the search. What is asked of sensitive values may
    leave rows over that are too much alike. Deterministic, and so open to
    minimality attacks, as local recoding is elsewhere.
    """
    chosen = np.full(len(lattice.counts), SUPPRESSED, dtype=np.int64)
    everything: Booleans = np.ones(len(lattice.counts), dtype=bool)
    against = predicates.references(everything)
    smallest = predicates.asked.fewest_rows
    pool = Pool(lattice, np.arange(len(lattice.counts), dtype=np.int64))
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
