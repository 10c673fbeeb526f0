"""Replace numbers by what stands for a small group of like ones."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.masks.contract import NUMBERS, Mask, MaskContext, MaskDescription
from desensitize.masks.numbers import as_numbers
from desensitize.masks.options import OptionDescription


class Microaggregate(Mask):
    """Replace each number by the mean or median of a group of at least `size` nearest ones.

    Groups are cut from the sorted numbers: one after the other (`fixed`), or by MDAV, which takes
    them from the far ends in turn (Domingo-Ferrer and Mateo-Sanz 2002). With fewer numbers than
    `size` all become null, as does what is not a finite number. Where a whole group is equal its
    number shows. Needs the whole column.
    """

    description = MaskDescription(
        "microaggregate",
        (
            OptionDescription("size", "integer", default=3, minimum=2, maximum=1_000_000),
            OptionDescription("grouping", "choice", default="fixed", choices=("fixed", "mdav")),
            OptionDescription("statistic", "choice", default="mean", choices=("mean", "median")),
        ),
        releases_clear=True,
        whole_column=True,
        takes=NUMBERS,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the numbers that stand for the groups."""
        size, median = self.options.integer("size"), self.options.text("statistic") == "median"
        mdav = self.options.text("grouping") == "mdav"
        return as_numbers(values, context.dtype).map_batches(
            lambda numbers: _aggregated(numbers, size, median=median, mdav=mdav),
            return_dtype=pl.Float64(),
        )


def _aggregated(numbers: pl.Series, size: int, *, median: bool, mdav: bool) -> pl.Series:
    present = np.flatnonzero(numbers.is_not_null().to_numpy())
    if len(present) < size:
        return pl.Series(numbers.name, [None] * len(numbers), dtype=pl.Float64)
    given = numbers.gather(present).to_numpy()
    order = np.argsort(given, kind="stable")
    groups = (_mdav if mdav else _fixed)(given[order], size)
    frame = pl.DataFrame({"group": groups, "number": given[order]})
    number = pl.col("number")
    stands = (number.median() if median else number.mean()).over("group")
    answer = np.full(len(numbers), np.nan)
    answer[present[order]] = frame.select(stands).to_series().to_numpy()
    # A mean of numbers near the largest float is none.
    series = pl.Series(numbers.name, answer, dtype=pl.Float64)
    return series.set(~series.is_finite(), None)


def _fixed(ordered: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    return np.minimum(np.arange(len(ordered)) // size, len(ordered) // size - 1)


def _mdav(ordered: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """Number the groups; in one dimension the far ones stand at either end of what is left."""
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    groups = np.empty(len(ordered), dtype=np.int64)
    low, high, group = 0, len(ordered), 0
    while high - low >= 3 * size:
        groups[low : low + size] = group
        groups[high - size : high] = group + 1
        low, high, group = low + size, high - size, group + 2
    if high - low >= 2 * size:
        mean = (sums[high] - sums[low]) / (high - low)
        cut = low + size if mean - ordered[low] >= ordered[high - 1] - mean else high - size
        groups[low:cut] = group
        low, group = cut, group + 1
    groups[low:high] = group
    return groups
