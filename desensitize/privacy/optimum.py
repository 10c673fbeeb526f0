"""Global recoding: the one level for each column that loses least."""

import numpy as np

from desensitize.privacy.lattice import Integers, Lattice
from desensitize.privacy.sweep import SUPPRESSED


def optimum(lattice: Lattice, smallest_class: int, suppression_limit: float) -> Integers | None:
    """Answer for each distinct tuple the best node or SUPPRESSED, None when no node will do.

    Rows in classes that are too small are suppressed, up to the given share of all rows. Nodes are
    visited in ascending cost without suppression, which no node can beat; the search ends when
    that bound reaches the best loss found.
    """
    everything = np.arange(len(lattice.counts), dtype=np.int64)
    allowed = int(np.floor(suppression_limit * lattice.rows + 1e-9))
    best_loss = np.inf
    best: Integers | None = None
    for node in range(len(lattice.nodes)):
        if lattice.costs[node] >= best_loss:
            break
        classes, sizes = lattice.grouped(node, everything)
        if sizes[sizes < smallest_class].sum() > allowed:
            continue
        published = sizes[classes] >= smallest_class
        losses = np.where(published, lattice.losses(node, everything), 1.0)
        loss = float(np.average(losses, weights=lattice.counts))
        if loss < best_loss:
            best_loss = loss
            best = np.where(published, node, SUPPRESSED)
    return best
