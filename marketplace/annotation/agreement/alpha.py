"""Krippendorff's alpha of labels, with an interval by bootstrap over items.

Labels are told as a table of counts: a row an item, a column a value, in each cell how many people
gave the item that value. Who gave which does not matter to alpha; who is missing leaves no mark.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

DRAWS: Final = 500
LEVEL: Final = 0.95
SEED: Final = 20_180


class Undefined(StrEnum):
    """Why there is no alpha, which compares how often people differ with how often they could."""

    NOT_TWICE = "not-twice"
    ALL_ALIKE = "all-alike"
    NEVER_GIVEN = "never-given"
    FREE = "free"


SENTENCES: Mapping[Undefined, str] = {
    Undefined.NOT_TWICE: "not defined: no item was labelled twice",
    Undefined.ALL_ALIKE: "not defined: all answers are the same",
    Undefined.NEVER_GIVEN: "not defined: nobody gave this class",
    Undefined.FREE: "not defined: free answers have no values to count",
}


@dataclass(frozen=True)
class Agreement:
    """Alpha with the ends of its interval, over how many items; or why it is `undefined`.

    One is perfect agreement, zero what chance would give, below zero disagreement by system.
    """

    items: int
    alpha: float | None
    low: float | None = None
    high: float | None = None
    undefined: Undefined | None = None


def counted(labels: Sequence[Sequence[Hashable]], values: Sequence[Hashable]) -> NDArray[np.int64]:
    """Return the counts of labels: for each item, how many people gave it each value."""
    table = np.zeros((len(labels), len(values)), dtype=np.int64)
    place = {value: number for number, value in enumerate(values)}
    for row, given in enumerate(labels):
        for value, count in Counter(given).items():
            table[row, place[value]] = count
    return table


def alpha_of(counts: NDArray[np.int64]) -> float | None:
    """Return nominal alpha; None where it is not defined, as `why_undefined` says."""
    paired = counts[counts.sum(axis=1) > 1]
    if why_undefined(paired) is not None:
        return None
    given = paired.sum(axis=1)
    pairs = (paired / (given - 1)[:, np.newaxis]).T @ paired
    alike = (np.diag(pairs) - (paired / (given - 1)[:, np.newaxis]).sum(axis=0)).sum()
    each = paired.sum(axis=0).astype(np.float64)
    total = each.sum()
    by_chance = (total**2 - (each**2).sum()) / (total - 1)
    return float(1 - (total - alike) / by_chance)


def why_undefined(paired: NDArray[np.int64]) -> Undefined | None:
    """Return why items that were labelled twice have no alpha; None where they have one.

    Where all gave one and the same value chance would have made nobody differ either: that they
    agree tells nothing, and alpha is zero by zero.
    """
    if not len(paired):
        return Undefined.NOT_TWICE
    return Undefined.ALL_ALIKE if np.count_nonzero(paired.sum(axis=0)) < 2 else None


def agreement_of(counts: NDArray[np.int64], *, draws: int = DRAWS) -> Agreement:
    """Return alpha with its interval: items are drawn anew, with replacement, by a fixed seed.

    Draws of items that all have the same value have no alpha, and are left out.
    """
    paired = counts[counts.sum(axis=1) > 1]
    alpha = alpha_of(paired)
    if alpha is None or len(paired) < 2:
        return Agreement(len(paired), alpha, undefined=why_undefined(paired))
    chance = np.random.default_rng(SEED)
    drawn = [
        alpha_of(paired[chance.integers(0, len(paired), len(paired))]) for _draw in range(draws)
    ]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile([one for one in drawn if one is not None], (tail, 1 - tail))
    return Agreement(len(paired), alpha, float(low), float(high))


def of_class(counts: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """Return the counts of one value against all others."""
    own = counts[:, place]
    return np.stack([own, counts.sum(axis=1) - own], axis=1)
