"""From random numbers to values of a distribution, a block at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from valuation.uncertainty.distributions import Distribution

Block = NDArray[np.float64]
Drawer = Callable[[Generator, int], Block]
Mapper = Callable[[Block], Block]

_REACH = 8.5
_STEPS_A_UNIT = 512
_BETA_POINTS = 40_001


def drawer_of(distribution: Distribution) -> Drawer:
    """Return the function that draws so many independent values."""
    given = [float(part) for part in distribution.parameters]
    kind = distribution.kind
    constant = distribution.constant
    if constant is not None:
        value = float(constant)
        return lambda _generator, size: np.full(size, value)
    if kind == "uniform":
        low, high = given
        return lambda generator, size: low + (high - low) * generator.random(size)
    if kind == "triangular":
        return lambda generator, size: _triangular_of_pairs(generator.random((2, size)), *given)
    mapper = mapper_of(distribution)
    return lambda generator, size: mapper(generator.standard_normal(size))


def mapper_of(distribution: Distribution) -> Mapper:
    """Return the function from standard normal deviates to values of the same rank.

    Kinds other than normal and lognormal go through a table of 512 points a standard deviation,
    joined by straight lines: an error below a millionth of the distribution's width.
    """
    constant = distribution.constant
    if constant is not None:
        value = float(constant)
        return lambda deviates: np.full_like(deviates, value)
    if distribution.kind == "normal":
        mean, spread = (float(part) for part in distribution.parameters)
        return lambda deviates: mean + spread * deviates
    if distribution.kind == "lognormal":
        mu, sigma = (float(part) for part in distribution.parameters)
        return lambda deviates: np.exp(mu + sigma * deviates)
    return _table(distribution.kind, tuple(float(part) for part in distribution.parameters))


def _triangular_of_pairs(pairs: Block, low: float, mode: float, high: float) -> Block:
    """Weigh the smaller and the larger of two uniform numbers: exact, and quicker than roots."""
    peak = (mode - low) / (high - low)
    smaller: Block = np.minimum(pairs[0], pairs[1])
    larger = np.maximum(pairs[0], pairs[1], out=pairs[0])
    smaller *= (high - low) * (1.0 - peak)
    larger *= (high - low) * peak
    smaller += larger
    smaller += low
    return smaller


def _triangular(ranks: Block, low: float, mode: float, high: float) -> Block:
    """Invert the distribution function in place."""
    width = high - low
    rising = ranks * width < mode - low
    near = np.where(rising, ranks, 1.0 - ranks)
    near *= np.where(rising, width * (mode - low), width * (high - mode))
    np.sqrt(near, out=near)
    return np.where(rising, low + near, high - near)


@lru_cache(maxsize=128)
def _table(kind: str, given: tuple[float, ...]) -> Mapper:
    count = int(2 * _REACH * _STEPS_A_UNIT) + 1
    grid = np.linspace(-_REACH, _REACH, count)
    ranks = np.array([0.5 * math.erfc(-deviate / math.sqrt(2)) for deviate in grid])
    if kind == "uniform":
        values = given[0] + (given[1] - given[0]) * ranks
    elif kind == "triangular":
        values = _triangular(ranks, *given)
    else:
        values = _pert(ranks, *given)
    slopes = np.append(np.diff(values), 0.0)

    def mapped(deviates: Block) -> Block:
        places = np.clip((deviates + _REACH) * _STEPS_A_UNIT, 0, count - 1)
        whole = places.astype(np.intp)
        places -= whole
        places *= slopes[whole]
        places += values[whole]
        return places

    return mapped


def _pert(ranks: Block, low: float, mode: float, high: float) -> Block:
    width = high - low
    rise, fall = 4 * (mode - low) / width, 4 * (high - mode) / width
    shares = np.linspace(0.0, 1.0, _BETA_POINTS)
    density = shares**rise * (1.0 - shares) ** fall
    area = np.append(0.0, np.cumsum((density[1:] + density[:-1]) / 2))
    values: Block = low + width * np.interp(ranks, area / area[-1], shares)
    return values
