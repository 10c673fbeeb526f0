"""Keep what the published rows really reach, and find room for what is left over."""

import numpy as np

from desensitize.privacy.grouping import Pool, grouped, label_classes, possible
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Integers, Lattice
from desensitize.privacy.predicates import Predicates, References


def settled(predicates: Predicates, classes: Integers, count: int, kept: Booleans) -> Booleans:
    """Suppress classes until the others are close to the table that is published.

    The search measures closeness against the whole table; once rows are left out, the table that a
    reader holds is another. Suppressing classes only ever shortens the list, so this ends.
    """
    asked = predicates.asked
    while asked.closeness and kept.any() and not kept.all():
        members = np.flatnonzero(kept)
        against = predicates.references(kept)
        good = predicates.values_hold(classes[members], members, count, against)
        failing = members[~good[classes[members]]]
        if not len(failing):
            break
        kept = kept.copy()
        kept[failing] = False
    return kept


def settled_labels(lattice: Lattice, predicates: Predicates, chosen: Integers) -> Integers:
    """Do what `settled` does for classes that are published at many nodes."""
    kept = chosen != SUPPRESSED
    if not predicates.asked.closeness or kept.all() or not kept.any():
        return chosen
    members = np.flatnonzero(kept)
    classes = np.zeros(len(chosen), dtype=np.int64)
    classes[members], count = label_classes(lattice, lattice.nodes[chosen[members]], members)
    return np.where(settled(predicates, classes, count, kept), chosen, SUPPRESSED)


def absorbed(lattice: Lattice, predicates: Predicates, chosen: Integers) -> Integers | None:
    """Publish everything that was left over, together with as few published classes as it takes.

    The classes that were published last join what is left, until all of that reaches what is asked
    at one node; the cheapest such node is taken. None when not even the whole table does.
    """
    against = predicates.references(np.ones(len(chosen), dtype=bool))
    published = np.unique(chosen[chosen != SUPPRESSED])[::-1]
    taken = 0
    while True:
        taken = min(len(published), max(1, 2 * taken))
        pool = np.flatnonzero(
            (chosen == SUPPRESSED) | np.isin(chosen, published[:taken], assume_unique=False)
        )
        node = _cheapest(lattice, predicates, pool, against)
        if node is not None:
            chosen = chosen.copy()
            chosen[pool] = node
            return chosen
        if taken == len(published):
            return None


def _cheapest(
    lattice: Lattice, predicates: Predicates, pool: Integers, against: References
) -> int | None:
    # Keys of half nodes are kept there.
    held = Pool(lattice, pool)
    smallest = predicates.asked.fewest_rows

    def fits(node: int) -> bool:
        keys = held.keys(node)
        if not possible(keys, held.counts, smallest).all():
            return False
        classes, sizes, _ = grouped(keys, held.counts)
        return bool(predicates.hold(node, classes, pool, sizes, against).all())

    # Nothing fits where not even “*” everywhere does.
    if not fits(lattice.top):
        return None
    return next(node for node in range(len(lattice.nodes)) if fits(node))
