"""Global recoding: the one level for each column that loses least."""

import numpy as np

from desensitize.privacy.lattice import Integers, Lattice
from desensitize.privacy.sweep import SUPPRESSED

ROUNDING = 1e-12


def optimum(lattice: Lattice, smallest_class: int, suppression_limit: float) -> Integers | None:
    """Answer for each distinct tuple the best node or SUPPRESSED, None when no node will do.

    Rows in classes that are too small are suppressed, up to the given share of all rows. Nodes are
    visited in ascending cost without suppression, which no node can beat; the search ends when
    that bound passes the best loss found. Of equal losses the one with fewer suppressed rows wins.
    """
    everything = np.arange(len(lattice.counts), dtype=np.int64)
    allowed = int(np.floor(suppression_limit * lattice.rows + 1e-9))
    best_loss = np.inf
    best_suppressed = lattice.rows
    best: Integers | None = None
    for node in range(len(lattice.nodes)):
        if lattice.costs[node] > best_loss + ROUNDING:
            break
        classes, sizes = lattice.grouped(node, everything)
        suppressed = int(sizes[sizes < smallest_class].sum())
        if suppressed > allowed or suppressed == lattice.rows:
            continue
        published = sizes[classes] >= smallest_class
        losses = np.where(published, lattice.losses(node, everything), 1.0)
        loss = float(np.average(losses, weights=lattice.counts))
        as_good = loss < best_loss + ROUNDING and suppressed < best_suppressed
        if loss < best_loss - ROUNDING or as_good:
            best_loss, best_suppressed = loss, suppressed
            best = np.where(published, node, SUPPRESSED)
    return best
