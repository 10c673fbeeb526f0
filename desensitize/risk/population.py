"""Measure the risk against everybody a file was drawn from: journalist, k-map, δ-presence."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

import numpy as np
import polars as pl

from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.tuples import distinct_tuples
from desensitize.risk.matching import pairs

COUNT = " count "


@dataclass(frozen=True)
class PopulationFigures:
    """Hold what somebody can do who knows the population but not who of it is in the file.

    `k_map` is the fewest persons who fit a class. `journalist_max` is 1 / `k_map`,
    `journalist_mean` the mean over the rows of 1 / persons who fit (El Emam, 2013).
    `delta_presence` is the least and the greatest share of fitting persons who are in the file.
    `missing_rows` of the file have more rows in their class than persons who fit: the population
    lacks somebody, and the class counts with its own rows.
    """

    k_map: int
    journalist_max: float
    journalist_mean: float
    delta_presence: tuple[float, float]
    missing_rows: int

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self) | {"delta_presence": list(self.delta_presence)}


def measure_population(
    table: pl.LazyFrame,
    population: pl.LazyFrame,
    quasi_identifiers: Sequence[str],
    hierarchies: Mapping[str, Hierarchy],
) -> PopulationFigures:
    """Count for each class of the file the persons of the population who fit it."""
    names = list(dict.fromkeys(quasi_identifiers))
    classes, persons = distinct_tuples(table, names), distinct_tuples(population, names)
    sizes = classes[COUNT].to_numpy().astype(np.int64)
    weights = persons[COUNT].to_numpy().astype(np.int64)
    fitting = np.zeros(len(sizes), dtype=np.int64)
    for places, people in pairs(classes.select(names), persons.select(names), hierarchies):
        np.add.at(fitting, places, weights[people])
    missing = int(sizes[fitting < sizes].sum())
    fitting = np.maximum(fitting, sizes)
    if not len(sizes):
        return PopulationFigures(0, 0.0, 0.0, (0.0, 0.0), 0)
    shares = sizes / fitting
    return PopulationFigures(
        k_map=int(fitting.min()),
        journalist_max=1 / int(fitting.min()),
        journalist_mean=fsum(shares) / int(sizes.sum()),
        delta_presence=(float(shares.min()), float(shares.max())),
        missing_rows=missing,
    )


def estimated_uniques(sizes: Mapping[int, int], fraction: float) -> float:
    """Estimate which share of the unique rows are unique in the population too.

    `sizes` counts the classes of each size, `fraction` is the share of the population that is in
    the file. After Zayatz (1991): the sizes of the file's classes stand for those of the
    population's, each drawn with the sampling fraction; by Bayes' rule the share is that of
    classes of one person among all that would show one row. It errs to the high side.
    """
    alone = sizes.get(1, 0)
    showing_one = sum(
        classes * size * (1 - fraction) ** (size - 1) for size, classes in sizes.items()
    )
    return alone / showing_one if showing_one else 0.0
