"""Mix the last rows that found no class, and those that lost most, anew with others."""

from collections.abc import Sequence

import numpy as np

from desensitize.privacy.grouping import label_classes
from desensitize.privacy.lattice import SUPPRESSED, Booleans, Floats, Integers, Lattice
from desensitize.privacy.mondrian import mondrian
from desensitize.privacy.predicates import Predicates

FEW_TUPLES = 5_000
"""So few that splitting all of them takes no time."""


def mixed(
    lattice: Lattice, predicates: Predicates, chosen: Integers, dear: Sequence[float]
) -> Integers | None:
    """Return the cheapest way found to publish everything, None where there is none.

    Rows that were left over are split anew together with classes in which their own values are
    rare, and so are those that lost more than one of `dear`, from 0 to 1.
    """
    helped = _helped(lattice, predicates, chosen)
    base = chosen if helped is None else helped
    losses = _row_losses(lattice, base)
    ways = [helped, *(_split_anew(lattice, predicates, base, losses >= one) for one in dear)]
    if len(chosen) <= FEW_TUPLES:
        ways.append(mondrian(lattice, predicates))
    return min((way for way in ways if way is not None), key=lattice.loss, default=None)


def _helped(lattice: Lattice, predicates: Predicates, chosen: Integers) -> Integers | None:
    left = chosen == SUPPRESSED
    kept = np.flatnonzero(~left)
    if not left.any():
        return chosen
    if not len(kept):
        return None
    classes, count = label_classes(lattice, lattice.nodes[chosen[kept]], kept)
    helping = _helping(predicates, left, kept, classes, count)
    losses = np.zeros(count, dtype=np.float64)
    losses[classes] = _row_losses(lattice, chosen)[kept]
    # The dearest classes have the least to lose.
    ranks = np.full(count, count, dtype=np.int64)
    order = np.flatnonzero(helping)
    order = order[np.argsort(-losses[order], kind="stable")]
    ranks[order] = np.arange(len(order))
    asked = max(1, len(order) // 64)
    while asked < 2 * len(order):
        anew = left.copy()
        anew[kept] = ranks[classes] < asked
        if _whole_holds(lattice, predicates, anew):
            # Twice as many as it takes leave room to split.
            anew[kept] = ranks[classes] < 2 * asked
            found = _split_anew(lattice, predicates, chosen, anew)
            if found is not None:
                return found
        asked = asked * 3 // 2 + 1
    return None


def _helping(
    predicates: Predicates, left: Booleans, kept: Integers, classes: Integers, count: int
) -> Booleans:
    """Say in which classes the value that is too frequent in what is left is rarer than in all."""
    cells = predicates.cells[predicates.asked.sensitive[0]]
    whole = cells.shares(np.ones(len(left), dtype=bool))
    value = int(np.argmax(cells.shares(left) - whole))
    found = cells.of_classes(classes, kept, count)
    shares = np.zeros(count, dtype=np.float64)
    there = found.values == value
    shares[found.classes[there]] = found.shares[there]
    answer: Booleans = shares < whole[value]
    return answer


def _row_losses(lattice: Lattice, chosen: Integers) -> Floats:
    """Return what a row of each tuple loses, 1 where it is left over."""
    losses = np.ones(len(chosen), dtype=np.float64)
    kept = np.flatnonzero(chosen != SUPPRESSED)
    total = np.zeros(len(kept), dtype=np.float64)
    levels = lattice.nodes[chosen[kept]]
    for position, column in enumerate(lattice.columns):
        total += column.losses[column.codes[levels[:, position], kept]]
    losses[kept] = total / len(lattice.columns)
    return losses


def _whole_holds(lattice: Lattice, predicates: Predicates, which: Booleans) -> bool:
    tuples = np.flatnonzero(which)
    together = np.zeros(len(tuples), dtype=np.int64)
    rows = np.array([lattice.counts[tuples].sum()], dtype=np.int64)
    against = predicates.references(np.ones(len(which), dtype=bool))
    return bool(predicates.hold(lattice.top, together, tuples, rows, against)[0])


def _split_anew(
    lattice: Lattice, predicates: Predicates, chosen: Integers, which: Booleans
) -> Integers | None:
    tuples = np.flatnonzero(which)
    if not len(tuples):
        return None
    found = mondrian(lattice, predicates, tuples)
    if found is None:
        return None
    anew = chosen.copy()
    anew[tuples] = found
    return None if (anew == SUPPRESSED).any() else anew
