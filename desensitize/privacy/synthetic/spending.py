"""Add noise to counts, and account for it in zero-concentrated differential privacy.

ρ-zCDP adds up over releases, also where later ones depend on earlier ones, and tells ε for every δ
(Bun and Steinke, 2016). Noise, its cost and the conversion are OpenDP's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, nextafter, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

# Not by its prelude, which loads scikit-learn where that is installed.
from opendp.combinators import make_zCDP_to_approxDP
from opendp.domains import vector_domain
from opendp.measurements import make_gaussian
from opendp.metrics import l2_distance
from opendp.mod import OpenDPException
from opendp.typing import f64

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget
from desensitize.privacy.differential.noise import WHOLE

Counts = npt.NDArray[np.int64]
Noise = Callable[[Counts], Counts]


@dataclass(frozen=True)
class Gaussian:
    """Hold a mechanism, the standard deviation of its noise in rows, and its cost ρ."""

    add: Noise
    sigma: float
    rho: float


def gaussian(*, reach: float, rho: float) -> Gaussian:
    """Make what adds discrete Gaussian noise to whole numbers (Canonne, Kamath, Steinke, 2020).

    `reach` is the most by which one person moves the numbers, as Euclidean distance: σ = reach /
    √(2ρ), and up to the next float at which OpenDP's own map keeps to ρ.

    Raises:
        DesensitizeError: `bad-privacy-budget` when no noise fits.
    """
    try:
        sigma = reach / sqrt(2 * rho)
        while (cost := _made(sigma).map(reach)) > rho:
            sigma = nextafter(sigma * (1 + 1e-15), inf)
        mechanism = _made(sigma)
    except (ValueError, OverflowError, ZeroDivisionError, OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error

    def add(counts: Counts) -> Counts:
        noisy = mechanism([int(one) for one in counts.ravel()])
        return np.array(noisy, dtype=np.int64).reshape(counts.shape)

    return Gaussian(add, sigma, float(cost))


def epsilon_of(rho: float, delta: float) -> float:
    """Return the ε that ρ costs at a δ, by OpenDP's conversion.

    Raises:
        ValueError, OverflowError, OpenDPException: ρ or δ is out of reach.
    """
    sigma = 1 / sqrt(2 * rho)
    while (noise := _made(sigma)).map(1.0) < rho:
        sigma = nextafter(sigma * (1 - 1e-15), 0)
    return float(_curve(noise).map(1.0).epsilon(delta))


@lru_cache(maxsize=256)
def affordable(budget: Budget) -> float:
    """Return the greatest ρ that costs no more than a budget, to one part in 10^9.

    Raises:
        DesensitizeError: `copy-needs-delta`, or `bad-privacy-budget` when no ρ fits.
    """
    if not budget.delta:
        raise DesensitizeError("copy-needs-delta")
    epsilon, delta = float(budget.epsilon), float(budget.delta)
    low, high = 0.0, epsilon
    try:
        while epsilon_of(high, delta) <= epsilon:
            low, high = high, 2 * high
        while high - low > 1e-9 * high:
            middle = (low + high) / 2
            if epsilon_of(middle, delta) <= epsilon:
                low = middle
            else:
                high = middle
    except (ValueError, OverflowError, ZeroDivisionError, OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error
    if not low:
        raise DesensitizeError("bad-privacy-budget")
    return low


# Untyped in OpenDP.
def _made(sigma: float) -> Any:
    space = (vector_domain(WHOLE), l2_distance(T=f64))
    return make_gaussian(*space, scale=sigma)


def _curve(noise: Any) -> Any:
    return make_zCDP_to_approxDP(noise)
