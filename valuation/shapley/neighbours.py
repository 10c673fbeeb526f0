"""Shapley values of training points for a classifier by nearest neighbours, in closed form.

Source: Jia et al., Efficient Task-Specific Data Valuation for Nearest Neighbor Algorithms (2019):
`s_N = 1[y_N = y] / N`, `s_i = s_(i+1) + (1[y_i = y] - 1[y_(i+1) = y]) / K · min(K, i) / i`, points
sorted by distance. Valid for `v(S) = 1/K · Σ` over the `min(K, |S|)` nearest of S, `v(∅) = 0`.

With fewer points than K the recursion starts from `s_N = 1[y_N = y] / max(N, K)`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction


def knn_shapley(
    labels: Sequence[Hashable], test_label: Hashable, neighbours: int
) -> tuple[Fraction, ...]:
    """Return each point's value for one test point; the nearest point stands first."""
    count = len(labels)
    right = [int(label == test_label) for label in labels]
    values = [Fraction(0)] * count
    if not count:
        return ()
    values[-1] = Fraction(right[-1], max(count, neighbours))
    for place in range(count - 1, 0, -1):
        step = Fraction((right[place - 1] - right[place]) * min(neighbours, place))
        values[place - 1] = values[place] + step / (neighbours * place)
    return tuple(values)


def knn_utility(labels: Sequence[Hashable], test_label: Hashable, neighbours: int) -> Fraction:
    """Return what all points together are worth: the share of right labels among the K nearest."""
    nearest = labels[:neighbours]
    return Fraction(sum(label == test_label for label in nearest), neighbours)
