"""Train in shards, so that what is to be forgotten costs the training of its shard alone.

Rows fall into shards by what stands in them; everything that is fitted is fitted to one shard, and
the model is the mean of its shards (SISA: Bourtoule et al., IEEE S&P 2021).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.families import Shard, fit_shard
from marketplace.learning.training.table import Flags, Floats, Inputs, Table

Tell = Callable[[float], None]


class Answers(Protocol):
    """What says of rows how probable each label is."""

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row."""


@dataclass(frozen=True)
class Former:
    """A model that was trained before: its bytes, and what its report says of each shard."""

    model: bytes
    shards: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Ensemble:
    """The shards of a model."""

    declaration: Declaration
    shards: tuple[Shard, ...]

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row: the mean over the shards."""
        found: Floats = np.sum([one.probabilities(inputs) for one in self.shards], axis=0)
        return found / len(self.shards)


@dataclass(frozen=True)
class Renewed:
    """A model of which some shards were trained again, and the mean of the others is `kept`."""

    declaration: Declaration
    anew: Mapping[int, Shard]
    kept: Answers | None

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row: the mean over all shards."""
        total = np.zeros((len(inputs), len(self.declaration.labels)))
        for _number, shard in sorted(self.anew.items()):
            total += shard.probabilities(inputs)
        if self.kept is not None:
            others = self.declaration.shards - len(self.anew)
            total += others * self.kept.probabilities(inputs)
        found: Floats = total / self.declaration.shards
        return found


def shards_concerned(table: Table, former: Former) -> list[int]:
    """Return the shards whose rows are not those on which they were trained before."""
    trained = ~table.held
    return [
        number
        for number in range(table.declaration.shards)
        if table.digest_of(trained, number) != former.shards[number]["rows_sha256"]
    ]


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
        places = table.trained_on(rows, number)
        fitted[number] = fit_shard(table, places, settings=settings)
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
