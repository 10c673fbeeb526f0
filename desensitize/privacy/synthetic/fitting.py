"""Fit a model of pairwise dependences to noisy marginals.

Of all distributions the one is sought that minimizes

    KL(p ‖ independent columns) + Σ over pairs ‖marginal of p − noisy shares‖² / (2 λ),

with λ = w σ² / rows, σ in rows. Times the rows, and with w = 1, the first term is minus the
log-likelihood of the table under independence and the second that of the noise, so that the least
is the likeliest table given what was measured. Real columns depend on each other more than chance
allows: w is less, and what is noise alone still stays out of the model.

The dual is smooth and convex in the logarithms θ of the factors, with the gradient (marginal −
noisy shares + λθ), and the solution is log-linear. It is solved by L-BFGS (Liu and Nocedal, 1989)
over weighted particles, as long as the weights stay even enough to stand for the model (Geyer and
Thompson, 1992); then the particles are drawn anew by weight, refreshed, and it goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desensitize.privacy.synthetic.measuring import Measured, Numbers
from desensitize.privacy.synthetic.model import Model, Places

ROUNDS, STEPS = 8, 20
WEIGHT_OF_INDEPENDENCE = 0.05
"""How much independence counts: 1 for a table that is independent but for chance."""
LEAST_EVEN, ENOUGH_EVEN = 0.25, 0.4
"""No step may leave the weights less even than the first; below the second a round ends."""
MEMORY, HALVINGS, FIRST = 8, 20, 8
"""How many differences L-BFGS remembers, how often a step is halved, and how small the first is."""


@dataclass(frozen=True)
class Point:
    """Hold what is known of one choice of factors; `weights` of the particles sum to 1."""

    value: float
    gradient: Numbers
    marginals: Numbers
    weights: Numbers

    @property
    def evenness(self) -> float:
        """Return the effective share of the particles, 1 where all weigh the same."""
        return 1 / _inner(self.weights, self.weights) / len(self.weights)


@dataclass(frozen=True)
class Fitted:
    """Hold a model and the marginals of its pairs, as shares."""

    model: Model
    targets: list[Numbers]


def fit(measured: Measured, *, particles: int, rng: np.random.Generator) -> Fitted:
    """Fit a model to what was measured; the table is not looked at again."""
    pairs = [(one.columns[0], one.columns[1]) for one in measured.pairs]
    model = Model.independent(measured.ones, pairs, particles, rng)
    if not pairs:
        return Fitted(model, [])
    shares = [one.counts / measured.rows for one in measured.pairs]
    # Below this the count of the particles in a cell would be mistaken for the cell's share.
    least = 5 / particles
    ridges = [
        max(WEIGHT_OF_INDEPENDENCE * one.sigma**2 / measured.rows, least) for one in measured.pairs
    ]
    for _ in range(ROUNDS):
        places = model.places(model.particles)
        point = _climbed(model, places, shares, ridges)
        even = (np.arange(particles) + rng.random()) / particles
        kept = np.searchsorted(np.cumsum(point.weights), even).clip(0, particles - 1)
        targets = [
            _weighed(place, point.weights, factor.size).reshape(factor.shape)
            for place, factor in zip(places, model.factors, strict=True)
        ]
        model.particles = model.particles[:, kept]
        model.refresh(model.particles, rng)
    return Fitted(model, targets)


@dataclass(frozen=True)
class Climb:
    """Hold what one round starts from: the cells of the particles, and one number a factor.

    `factors` are their logarithms, `wanted` the noisy shares and `ridge` the λ of each, all pairs'
    one after another; `sizes` says how many are of each pair.
    """

    places: Sequence[Places]
    sizes: Sequence[int]
    factors: Numbers
    wanted: Numbers
    ridge: Numbers

    def at(self, moved: Numbers) -> Point:
        """Return value and gradient of the dual where factors have moved so far."""
        logs = np.zeros(len(self.places[0]))
        for place, part in zip(self.places, self.parts(moved), strict=True):
            logs += part.take(place)
        highest = logs.max()
        weights = np.exp(logs - highest)
        total = weights.sum()
        weights /= total
        counted = [
            _weighed(place, weights, size)
            for place, size in zip(self.places, self.sizes, strict=True)
        ]
        marginals = np.concatenate(counted)
        factors = self.factors + moved
        pull = self.ridge * factors
        value = highest + np.log(total / len(logs))
        value += _inner(pull, factors) / 2 - _inner(moved, self.wanted)
        return Point(float(value), marginals - self.wanted + pull, marginals, weights)

    def parts(self, numbers: Numbers) -> list[Numbers]:
        """Return the numbers of each pair."""
        return np.split(numbers, np.cumsum(self.sizes)[:-1])


def _climbed(
    model: Model, places: Sequence[Places], shares: Sequence[Numbers], ridges: Sequence[float]
) -> Point:
    """Better the factors over fixed particles, and return where that ends."""
    sizes = [factor.size for factor in model.factors]
    climb = Climb(
        places,
        sizes,
        np.concatenate([factor.ravel() for factor in model.factors]),
        np.concatenate([share.ravel() for share in shares]),
        np.repeat(ridges, sizes),
    )
    moved = np.zeros_like(climb.factors)
    point = climb.at(moved)
    past: deque[tuple[Numbers, Numbers]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        way = _direction(point, climb.ridge, past)
        searched = _searched(climb, moved, point, way)
        if searched is None:
            break
        step, found = searched
        difference = found.gradient - point.gradient
        if _inner(step, difference) > 0:
            past.append((step, difference))
        moved, point = moved + step, found
        if point.evenness < ENOUGH_EVEN:
            break
    model.factors = [
        part.reshape(old.shape)
        for part, old in zip(climb.parts(climb.factors + moved), model.factors, strict=True)
    ]
    return point


def _direction(point: Point, ridge: Numbers, past: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    """Return the way down: minus the gradient, times what is known of the inverse curvature.

    Without a past that is its diagonal; the two loops are those of Nocedal (1980).
    """
    diagonal = 1 / (point.marginals + ridge)
    way, shares = -point.gradient, []
    for step, difference in reversed(past):
        share = _inner(step, way) / _inner(step, difference)
        way = way - share * difference
        shares.append(share)
    if past:
        step, difference = past[-1]
        scale = _inner(step, difference) / _inner(difference, diagonal * difference)
        way = way * diagonal * scale
    else:
        # Pairs that share a column would all move it at once.
        way = way * diagonal / FIRST
    for (step, difference), share in zip(past, reversed(shares), strict=True):
        way = way + step * (share - _inner(difference, way) / _inner(step, difference))
    return way


def _searched(
    climb: Climb, moved: Numbers, point: Point, way: Numbers
) -> tuple[Numbers, Point] | None:
    """Halve the step until it descends enough (Armijo, 1966) and the weights stay even."""
    slope, length = _inner(point.gradient, way), 1.0
    for _ in range(HALVINGS):
        found = climb.at(moved + length * way)
        descends = found.value <= point.value + 1e-4 * length * slope
        if descends and found.evenness > LEAST_EVEN:
            return length * way, found
        length /= 2
    return None


def _weighed(place: Places, weights: Numbers, size: int) -> Numbers:
    return np.bincount(place, weights, minlength=size).astype(np.float64, copy=False)


def _inner(one: Numbers, other: Numbers) -> float:
    # Not by BLAS, whose threads take more time to start than this.
    return float(np.einsum("i,i->", one, other))
