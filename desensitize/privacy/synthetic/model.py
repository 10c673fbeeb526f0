"""A model of pairwise dependences, held as many rows that are drawn from it.

The model is log-linear: the chance of a row is a product of one factor a column and one a measured
pair. Its marginals are not computed by elimination, whose cost grows with the tree-width, but
counted over particles, rows that follow the model and that Gibbs sampling refreshes. So any set of
pairs can be fitted, in time that grows with columns, levels and pairs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from desensitize.privacy.synthetic.domains import Codes
from desensitize.privacy.synthetic.measuring import Numbers, Pair

PART = 8192
"""Particles that are refreshed at a time, to bound memory."""

Places = npt.NDArray[np.intp]
"""As numpy indexes by: another type is converted each time, which takes longer than the rest."""


@dataclass
class Model:
    """Hold the logarithms of all factors, and the particles (first axis: column)."""

    ones: tuple[Numbers, ...]
    pairs: tuple[Pair, ...]
    factors: list[Numbers]
    particles: Codes

    @classmethod
    def independent(
        cls,
        shares: Sequence[Numbers],
        pairs: Sequence[Pair],
        particles: int,
        rng: np.random.Generator,
    ) -> Model:
        """Return the model in which no column tells of another."""
        columns = []
        for share in shares:
            even = (np.arange(particles) + rng.random()) / particles
            levels = np.searchsorted(np.cumsum(share), even).clip(0, len(share) - 1)
            columns.append(rng.permutation(levels).astype(np.uint16))
        factors = [np.zeros((len(shares[one]), len(shares[two]))) for one, two in pairs]
        ones = tuple(np.log(share) for share in shares)
        return cls(ones, tuple(pairs), factors, np.stack(columns))

    def places(self, particles: Codes) -> list[Places]:
        """Return for each pair the cell of its table in which each particle lies."""
        return [
            particles[one].astype(np.intp) * len(self.ones[two]) + particles[two]
            for one, two in self.pairs
        ]

    def refresh(self, particles: Codes, rng: np.random.Generator) -> None:
        """Draw each column of each particle anew, given its others (Geman and Geman, 1984)."""
        for column in range(len(self.ones)):
            base = self.ones[column].astype(np.float32)
            tables = self._tables(column)
            for start in range(0, particles.shape[1], PART):
                part = particles[:, start : start + PART]
                logs = np.tile(base, (part.shape[1], 1))
                for other, table in tables:
                    logs += table.take(part[other].astype(np.intp), axis=0)
                # One level after the other over all rows: a row of few levels has little to add.
                part[column] = _drawn(np.ascontiguousarray(logs.T), rng)

    def _tables(self, column: int) -> list[tuple[int, npt.NDArray[np.float32]]]:
        """Return each pair's factors by the level of the other column, then of this one."""
        tables = []
        for (one, two), factor in zip(self.pairs, self.factors, strict=True):
            if column == two:
                tables.append((one, np.ascontiguousarray(factor, dtype=np.float32)))
            elif column == one:
                tables.append((two, np.ascontiguousarray(factor.T, dtype=np.float32)))
        return tables


def _drawn(logs: npt.NDArray[np.float32], rng: np.random.Generator) -> Codes:
    """Draw one level a row (second axis), with chances in proportion to the exponentials."""
    logs -= logs.max(axis=0)
    np.exp(logs, out=logs)
    for lower, level in pairwise(logs):
        level += lower
    chance = rng.random(logs.shape[1], dtype=np.float32) * logs[-1]
    levels = (logs <= chance).sum(axis=0, dtype=np.intp)
    drawn: Codes = np.minimum(levels, len(logs) - 1).astype(np.uint16)
    return drawn
