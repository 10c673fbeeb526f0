"""Train in shards, so that what is to be forgotten costs the training of its shard alone.

Rows fall into shards by what stands in them; everything that is fitted is fitted to one shard, and
the model is the mean of its shards (SISA: Bourtoule et al., IEEE S&P 2021).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.families import Shard, fit_shard
from marketplace.learning.training.table import Flags, Floats, Inputs, Table

Tell = Callable[[float], None]


@dataclass(frozen=True)
class Ensemble:
    """The shards of a model."""

    declaration: Declaration
    shards: tuple[Shard, ...]

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row: the mean over the shards."""
        found: Floats = np.sum([one.probabilities(inputs) for one in self.shards], axis=0)
        return found / len(self.shards)


def fit_shards(
    table: Table,
    rows: Flags,
    *,
    only: Collection[int] | None = None,
    settings: Mapping[str, float] | None = None,
    tell: Tell = lambda _share: None,
) -> dict[int, Shard]:
    """Fit shards to some rows of a table: all, or `only` those.

    Raises:
        TrainingError: as `fit_shard`.
    """
    declaration, fitted = table.declaration, {}
    numbers = sorted(range(declaration.shards) if only is None else only)
    for done, number in enumerate(numbers):
        places = np.flatnonzero(rows & (table.shard == number))
        fitted[number] = fit_shard(
            declaration,
            table.inputs.at(places),
            table.labels[places],
            table.slice[places],
            settings=settings,
        )
        tell((done + 1) / len(numbers))
    return fitted


def fit(
    table: Table,
    rows: Flags,
    *,
    settings: Mapping[str, float] | None = None,
    tell: Tell = lambda _share: None,
) -> Ensemble:
    """Fit a model to some rows of a table.

    Raises:
        TrainingError: as `fit_shard`.
    """
    shards = fit_shards(table, rows, settings=settings, tell=tell)
    return Ensemble(table.declaration, tuple(shards[number] for number in sorted(shards)))
