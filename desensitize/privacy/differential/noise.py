"""Add noise to cells, by OpenDP's mechanisms and under their own accounts of what it costs.

A mechanism is made before anything is spent, so that one that cannot be made costs nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import ceil, exp, expm1, log, log1p
from typing import Any

import opendp.prelude as dp

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential.budget import Budget

dp.enable_features("contrib")

WHOLE = dp.atom_domain(T=dp.i64)
# OpenDP takes thresholds of 32 bits.
GREATEST_THRESHOLD = 2**31 - 1

Cells = Callable[[Sequence[int]], list[int]]
FoundCells = Callable[[Mapping[str, int]], dict[str, int]]


def laplace(*, sensitivity: int, epsilon: float) -> Cells:
    """Make what adds discrete Laplace noise to whole numbers (Canonne, Kamath, Steinke, 2020).

    `sensitivity` is the most by which one person can change the cells, all differences together.
    The scale is the least whose cost, by OpenDP's own map, is within `epsilon`.

    Raises:
        DesensitizeError: `bad-privacy-budget` when no noise fits.
    """
    space = (dp.vector_domain(WHOLE), dp.l1_distance(T=dp.i64))
    try:
        mechanism = dp.m.make_laplace(*space, scale=_least_scale(sensitivity, epsilon))
    except (ValueError, OverflowError, dp.OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error
    return lambda cells: [int(cell) for cell in mechanism(list(cells))]


@lru_cache(maxsize=1024)
def _least_scale(sensitivity: int, epsilon: float) -> float:
    """Search the least scale whose cost is within ε; the search takes longer than all the rest."""
    fair = sensitivity / epsilon
    # Untyped in OpenDP.
    return float(
        dp.binary_search_param(
            lambda scale: dp.m.make_laplace(
                dp.vector_domain(WHOLE), dp.l1_distance(T=dp.i64), scale=scale
            ),
            d_in=sensitivity,
            d_out=epsilon,
            bounds=(fair / 2, fair * 2),
        )
    )


def least_threshold(*, rows: int, scale: float, delta: float) -> int:
    """Return the least threshold that hides all cells of a lone person but with probability δ.

    Each of at most `rows` cells counts at most `rows`, and is shown where its count with discrete
    Laplace noise Z reaches the threshold T: `P(Z ≥ m) = a^m/(1 + a)`, a = e^(−1/scale), m ≥ 1, with
    m = T − `rows`; at least one of them is shown with `1 − (1 − P)^rows` at most.

    Raises:
        OverflowError: no threshold of 32 bits is high enough.
    """
    # A hair below, so that rounding here never leaves the true probability above δ.
    most = -expm1(log1p(-delta) / rows) * (1 - 1e-9)
    above = max(1, ceil(scale * (-log(most) - log1p(exp(-1 / scale)))))
    if rows + above > GREATEST_THRESHOLD:
        raise OverflowError
    return rows + above


def thresholded(*, rows: int, budget: Budget) -> FoundCells:
    """Make what adds noise to the cells a table happens to have, and leaves out the small ones.

    That a cell is there at all tells of its persons, so a cell is shown only when its *noisy*
    count reaches a threshold, which δ sets (Rogers, 2023). One person changes at most `rows` cells
    and rows. OpenDP's account of δ looks at noise above the threshold, where a cell is shown at the
    threshold itself (opendp#2922), so the threshold keeps to the exact tail of the noise too.

    Raises:
        DesensitizeError: `bad-privacy-budget` when no noise or threshold fits.
    """
    space = (
        dp.map_domain(dp.atom_domain(T=dp.String), WHOLE),
        dp.l01inf_distance(dp.absolute_distance(T=dp.i64)),
    )
    epsilon, delta = float(budget.epsilon), float(budget.delta)
    change = (rows, rows, rows)

    # Untyped in OpenDP.
    def made(scale: float, threshold: float) -> Any:
        return dp.m.make_laplace_threshold(*space, scale=scale, threshold=int(threshold))

    fair = rows / epsilon
    try:
        scale = dp.binary_search(
            lambda scale: made(scale, GREATEST_THRESHOLD).map(change)[0] <= epsilon,
            bounds=(fair / 2, fair * 2),
        )
        threshold = dp.binary_search(
            lambda threshold: made(scale, threshold).map(change)[1] <= delta,
            bounds=(rows + 1, GREATEST_THRESHOLD),
        )
        exact = least_threshold(rows=rows, scale=scale, delta=delta)
        mechanism = made(scale, max(int(threshold), exact))
    except (ValueError, OverflowError, dp.OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error
    return lambda cells: {key: int(count) for key, count in mechanism(dict(cells)).items()}
