"""Ascending-cost sweep: each row is generalized only as far as its neighbours need."""

import numpy as np

from desensitize.privacy.lattice import Integers, Lattice

SUPPRESSED = -1


def sweep(lattice: Lattice, smallest_class: int) -> Integers:
    """Answer for each distinct tuple the node at which it is published, or SUPPRESSED.

    Nodes are visited in ascending cost; what is left is grouped at the node, every class of at
    least `smallest_class` rows is published and leaves the search. Deterministic, and so open to
    minimality attacks, as local recoding is elsewhere.
    """
    chosen = np.full(len(lattice.counts), SUPPRESSED, dtype=np.int64)
    left = np.arange(len(lattice.counts), dtype=np.int64)
    for node in range(len(lattice.nodes)):
        if lattice.counts[left].sum() < smallest_class:
            break
        classes, sizes = lattice.grouped(node, left)
        published = sizes[classes] >= smallest_class
        if published.any():
            chosen[left[published]] = node
            left = left[~published]
    return chosen
