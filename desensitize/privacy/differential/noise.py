"""Add noise to cells, by OpenDP's mechanisms and under their own accounts of what it costs.

A mechanism is made before anything is spent, so that one that cannot be made costs nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import ceil, exp, expm1, log, log1p
from typing import Any

# Not by its prelude, which loads scikit-learn where that is installed.
from opendp.domains import atom_domain, map_domain, vector_domain
from opendp.measurements import make_laplace, make_laplace_threshold
from opendp.metrics import absolute_distance, l01inf_distance, l1_distance
from opendp.mod import OpenDPException, binary_search, binary_search_param, enable_features
from opendp.typing import String, i64

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential.budget import Budget

enable_features("contrib")

WHOLE = atom_domain(T=i64)
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
    space = (vector_domain(WHOLE), l1_distance(T=i64))
    try:
        mechanism = make_laplace(*space, scale=_least_scale(sensitivity, epsilon))
    except (ValueError, OverflowError, OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error
    return lambda cells: [int(cell) for cell in mechanism(list(cells))]


@lru_cache(maxsize=1024)
def _least_scale(sensitivity: int, epsilon: float) -> float:
    """Search the least scale whose cost is within ε; the search takes longer than all the rest."""
    fair = sensitivity / epsilon
    # Untyped in OpenDP.
    return float(
        binary_search_param(
            lambda scale: make_laplace(vector_domain(WHOLE), l1_distance(T=i64), scale=scale),
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
        map_domain(atom_domain(T=String), WHOLE),
        l01inf_distance(absolute_distance(T=i64)),
    )
    epsilon, delta = float(budget.epsilon), float(budget.delta)
    change = (rows, rows, rows)

    # Untyped in OpenDP.
    def made(scale: float, threshold: float) -> Any:
        return make_laplace_threshold(*space, scale=scale, threshold=int(threshold))

    fair = rows / epsilon
    try:
        scale = binary_search(
            lambda scale: made(scale, GREATEST_THRESHOLD).map(change)[0] <= epsilon,
            bounds=(fair / 2, fair * 2),
        )
        threshold = binary_search(
            lambda threshold: made(scale, threshold).map(change)[1] <= delta,
            bounds=(rows + 1, GREATEST_THRESHOLD),
        )
        exact = least_threshold(rows=rows, scale=scale, delta=delta)
        mechanism = made(scale, max(int(threshold), exact))
    except (ValueError, OverflowError, OpenDPException) as error:
        raise DesensitizeError("bad-privacy-budget") from error
    return lambda cells: {key: int(count) for key, count in mechanism(dict(cells)).items()}
