"""Confident learning: which labels contradict what a model says of their items.

Source: Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
Journal of Artificial Intelligence Research 70 (2021). An item counts for the class of which the
model is as sure as it is on average of the items that have this label; where that is another class
than its label, it lies off the diagonal of the confident joint, and its label is likely wrong.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

EVEN: Final = 1e-6
"""Probabilities that differ by less are the same."""


@dataclass(frozen=True)
class Doubt:
    """An item whose label is likely wrong: the place of the item, its label, and what else it is.

    The shares are how sure the model is of each, that did not learn from this item; `usual` is how
    sure it is on average of items that have the other label.
    """

    place: int
    given: int
    likely: int
    given_share: float
    likely_share: float
    usual: float


def thresholds_of(labels: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by class how sure the model is on average of the items that have this label.

    Of a class that no item has it can never be sure enough.
    """
    return np.array(
        [
            shares[labels == one, one].mean() if (labels == one).any() else np.inf
            for one in range(shares.shape[1])
        ]
    )


def confident_joint(
    labels: NDArray[np.int64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how often items of each label count for each class, and for which each item does.

    An item for which no class is sure enough counts for none, which is told as -1.
    """
    sure = shares >= thresholds_of(labels, shares) - EVEN
    counted = np.where(sure.any(axis=1), np.where(sure, shares, -1.0).argmax(axis=1), -1)
    size = shares.shape[1]
    joint = np.zeros((size, size), dtype=np.int64)
    known = counted >= 0
    np.add.at(joint, (labels[known], counted[known]), 1)
    return joint, counted


def doubts_of(labels: NDArray[np.int64], shares: NDArray[np.float64]) -> list[Doubt]:
    """Return the items whose labels are likely wrong, the least sure label first.

    A label that the model itself would give stands, and so does the only one of its class.
    """
    _joint, counted = confident_joint(labels, shares)
    usual = thresholds_of(labels, shares)
    alone = np.bincount(labels, minlength=shares.shape[1]) <= 1
    flagged = (
        (counted >= 0) & (counted != labels) & (shares.argmax(axis=1) != labels) & ~alone[labels]
    )
    found = [
        Doubt(
            place=int(place),
            given=int(labels[place]),
            likely=int(counted[place]),
            given_share=float(shares[place, labels[place]]),
            likely_share=float(shares[place, counted[place]]),
            usual=float(usual[counted[place]]),
        )
        for place in np.flatnonzero(flagged)
    ]
    return sorted(found, key=lambda one: (one.given_share, one.place))
