"""Measure marginals with noise: the only part of a copy that looks at the table.

One column each first; then how far each pair of columns is from independence, as MST weighs pairs
(McKenna, Miklau, Sheldon, 2021), less what chance alone makes of independent columns, as AIM weighs
what is worth its noise (McKenna et al., 2022); then the marginals of the pairs. MST and AIM choose
one pair at a time by the exponential mechanism. Here all distances are measured at once, since
they also say how the budget is split: the further from independence, the less noise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import pi, sqrt

import numpy as np
import numpy.typing as npt

from desensitize.privacy.synthetic.domains import Codes
from desensitize.privacy.synthetic.spending import Counts, gaussian

Numbers = npt.NDArray[np.float64]
Pair = tuple[int, int]

ONES_SHARE, DISTANCES_SHARE = 0.10, 0.05
"""What of ρ goes to single columns and to distances; the rest goes to pairs."""
PAIRS_A_COLUMN = 5
"""Beyond so many pairs a column the nearest to independence are not measured."""
LEAST_DISTANCE = 0.01
"""Pairs nearer to independence, as total variation, get as much of the budget as at this."""
LEAST_SHARE = 1e-6
"""No level is taken to be rarer than this."""


@dataclass(frozen=True)
class Marginal:
    """Hold the noisy counts of the levels of one or two columns; `sigma` is of the noise."""

    columns: tuple[int, ...]
    counts: Numbers
    sigma: float


@dataclass(frozen=True)
class Measured:
    """Hold all that a model is fitted to.

    `rows`: how many rows the table has, by the noisy counts. `ones`: the share of each level of
    each column. `pairs`: the noisy marginals. `costs`: what each part has cost, in ρ.
    """

    rows: float
    ones: tuple[Numbers, ...]
    pairs: tuple[Marginal, ...]
    costs: Mapping[str, float]

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the number of levels of each column."""
        return tuple(len(one) for one in self.ones)


def measure(codes: Codes, shape: Sequence[int], *, rho: float, rows_a_person: int) -> Measured:
    """Measure the marginals of a table for ρ at most.

    `codes` holds the level of each column (first axis) and row. Adding or removing a person
    changes at most `rows_a_person` rows, and so each marginal by no more in Euclidean distance.

    Raises:
        DesensitizeError: `bad-privacy-budget` when no noise fits.
    """
    pairs = list(combinations(range(len(shape)), 2))
    costs: dict[str, float] = {"columns": 0.0, "distances": 0.0, "pairs": 0.0}

    def noisy(columns: tuple[int, ...], part: float) -> Marginal:
        noise = gaussian(reach=rows_a_person, rho=part)
        costs["columns" if len(columns) == 1 else "pairs"] += noise.rho
        counts = noise.add(counted(codes, shape, columns))
        return Marginal(columns, counts.astype(np.float64), noise.sigma)

    share = 1 - 1e-9
    for_ones = share * rho * (ONES_SHARE if pairs else 1)
    singles = [noisy((column,), for_ones / len(shape)) for column in range(len(shape))]
    rows, ones = _fused(singles, shape)
    for_pairs, chosen = share * rho - for_ones, dict.fromkeys(pairs, 1.0)
    if len(pairs) > 1:
        for_distances = share * rho * DISTANCES_SHARE
        chosen, costs["distances"] = _chosen(
            lambda pair: counted(codes, shape, pair),
            pairs,
            (rows, ones),
            rho=for_distances,
            rows_a_person=rows_a_person,
        )
        for_pairs -= for_distances
    doubles = [noisy(pair, for_pairs * part) for pair, part in chosen.items()]
    rows, ones = _fused([*singles, *doubles], shape)
    return Measured(rows, ones, tuple(doubles), costs)


def counted(codes: Codes, shape: Sequence[int], columns: Sequence[int]) -> Counts:
    """Return the exact number of rows at each combination of levels."""
    sizes = tuple(shape[column] for column in columns)
    place = codes[columns[0]].astype(np.int64)
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        place = place * size + codes[column]
    return np.bincount(place, minlength=int(np.prod(sizes))).astype(np.int64).reshape(sizes)


def _chosen(
    count: Callable[[Pair], Counts],
    pairs: Sequence[Pair],
    independent: tuple[float, Sequence[Numbers]],
    *,
    rho: float,
    rows_a_person: int,
) -> tuple[dict[Pair, float], float]:
    """Return the pairs to measure with the share of the budget of each, and what that cost.

    The distances are Σ|counts − expected| in whole rows: a row moves each by one at most, and all
    of them together by the root of their number.
    """
    rows, ones = independent
    distances, by_chance = [], []
    for pair in pairs:
        expected = rows * np.outer(ones[pair[0]], ones[pair[1]])
        distances.append(np.abs(count(pair) - np.rint(expected).astype(np.int64)).sum())
        # The mean of |X| of a Poisson count around its expectation, as of a normal one.
        by_chance.append(np.sqrt(2 / pi * expected).sum())
    noise = gaussian(reach=rows_a_person * sqrt(len(pairs)) * (1 + 1e-12), rho=rho)
    found = noise.add(np.array(distances, dtype=np.int64)) - np.array(by_chance)
    worth = np.maximum(found, LEAST_DISTANCE * 2 * rows)
    most = PAIRS_A_COLUMN * len(ones)
    kept = np.sort(np.argsort(-worth, kind="stable")[:most])
    parts = worth[kept] / worth[kept].sum()
    return {pairs[one]: float(part) for one, part in zip(kept, parts, strict=True)}, noise.rho


def _fused(
    marginals: Sequence[Marginal], shape: Sequence[int]
) -> tuple[float, tuple[Numbers, ...]]:
    """Return the number of rows and each column's shares, from all marginals that tell of them.

    Estimates are weighed by the inverse of their variance; then counts below 0 are taken away as
    by the nearest point of the simplex.
    """
    totals = [one.counts.sum() for one in marginals]
    weights = [1 / (one.sigma**2 * one.counts.size) for one in marginals]
    rows = max(1.0, float(np.average(totals, weights=weights)))
    shares = []
    for column, size in enumerate(shape):
        above, below = np.zeros(size), 0.0
        for one in marginals:
            if column in one.columns:
                axes = tuple(axis for axis, name in enumerate(one.columns) if name != column)
                weight = size / (one.sigma**2 * one.counts.size)
                above += weight * one.counts.sum(axis=axes)
                below += weight
        share = np.maximum(_on_simplex(above / below / rows), LEAST_SHARE)
        shares.append(share / share.sum())
    return rows, tuple(shares)


def _on_simplex(values: Numbers) -> Numbers:
    """Return the nearest shares that are at least 0 and sum to 1 (Duchi et al., 2008)."""
    falling = np.sort(values)[::-1]
    excess = (np.cumsum(falling) - 1) / np.arange(1, len(values) + 1)
    last = np.nonzero(falling > excess)[0][-1]
    nearest: Numbers = np.maximum(values - excess[last], 0)
    return nearest
