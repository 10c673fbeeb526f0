"""Draw the rows of a copy from a fitted model.

Rows that are simply drawn differ from their model by chance, as a sample from its population. Up to
a size where that matters, rows are chosen among more particles than are needed so that the counts
of all pairs come near those of the model: particles whose cells are too full are exchanged for
others whose cells lack rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desensitize.privacy.synthetic.domains import Codes
from desensitize.privacy.synthetic.fitting import Fitted
from desensitize.privacy.synthetic.measuring import Numbers
from desensitize.privacy.synthetic.model import Places

MOST_CHOSEN = 200_000
"""Above so many rows chance is small beside the noise, and rows are simply drawn."""
SWEEPS = 2
"""How often particles are refreshed that started as copies of others."""
EXCHANGES = 150
LARGEST_EXCHANGE, LOOKED_AT = 0.03, 0.2
"""The share of the rows that the first exchange takes at most, and of which it picks them."""


def draw(fitted: Fitted, rows: int, rng: np.random.Generator) -> Codes:
    """Return the levels of so many rows (first axis: column), in no order."""
    model = fitted.model
    is_chosen = bool(fitted.targets) and rows <= MOST_CHOSEN
    needed, have = rows * (2 if is_chosen else 1), model.particles.shape[1]
    particles = model.particles
    if needed > have:
        particles = particles[:, rng.permutation(np.arange(needed) % have)]
        for _ in range(SWEEPS):
            model.refresh(particles, rng)
    if not is_chosen:
        return particles[:, rng.permutation(particles.shape[1])[:rows]]
    taken = _chosen(model.places(particles), fitted.targets, rows, rng)
    return particles[:, rng.permutation(taken)]


def _chosen(
    places: Sequence[Places], targets: Sequence[Numbers], rows: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    number = len(places[0])
    is_in = np.zeros(number, dtype=bool)
    is_in[rng.permutation(number)[:rows]] = True
    for turn in range(EXCHANGES):
        chosen, looked_at = np.nonzero(is_in)[0], np.nonzero(rng.random(number) < LOOKED_AT)[0]
        fullness = np.zeros(len(looked_at))
        for place, target in zip(places, targets, strict=True):
            found = np.bincount(place.take(chosen), minlength=target.size)
            fullness += (found - rows * target.ravel()).take(place.take(looked_at))
        may_leave = is_in[looked_at]
        leaving, coming = looked_at[may_leave], looked_at[~may_leave]
        size = max(1, int(rows * LARGEST_EXCHANGE * (1 - turn / EXCHANGES)))
        size = min(size, len(leaving), len(coming))
        if not size:
            continue
        leaving = leaving[np.argpartition(-fullness[may_leave], size - 1)[:size]]
        coming = coming[np.argpartition(fullness[~may_leave], size - 1)[:size]]
        is_in[leaving], is_in[coming] = False, True
    return np.nonzero(is_in)[0]
