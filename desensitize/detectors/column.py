"""A sampled column, and what speaks against taking its values for a person's."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

LEAST_ROWS = 8
# Counters skip a number now and then: a step that nearly all neighbours share still counts.
COMMON_STEP = 0.9
# So many numbers per row of the table at most, and they count its rows in another order. In larger
# tables telephone numbers would lie as close.
DENSE, MOST_ROWS = 20, 1_000_000
MOSTLY_DISTINCT = 0.6
PREFIX = 3


@dataclass(frozen=True)
class SampledColumn:
    """Hold the sampled cells of one column as cleaned texts without null, in the file's order.

    `dtype` is the type's name as in profiles, `rows` the length of the whole table, `all_distinct`
    whether no value of the column occurs twice, as far as was seen.
    """

    name: str
    dtype: str
    rows: int
    values: pl.Series
    all_distinct: bool

    @cached_property
    def distinct(self) -> int:
        """Count the different values in the sample."""
        return self.values.n_unique()

    @cached_property
    def probed(self) -> list[str]:
        """Answer some values from all over the sample."""
        step = max(1, len(self.values) // 64)
        return [str(value) for value in self.values.gather_every(step).head(64).to_list()]

    @cached_property
    def mean_length(self) -> float:
        """Answer how many characters a value has on average."""
        mean = self.values.str.len_chars().mean()
        return float(mean) if isinstance(mean, int | float) else 0.0

    @cached_property
    def tails(self) -> pl.Series | None:
        """Answer the number that each value ends in, or None when some end in none."""
        joined = self.values.str.replace_all(r"[ .()+-]", "")
        found = joined.str.extract(r"([0-9]{1,18})[^0-9]{0,2}$").cast(pl.Int64, strict=False)
        return None if found.null_count() or not len(found) else found

    @cached_property
    def is_serial(self) -> bool:
        """Say whether the values count up or down, as numbers of orders and records do."""
        if self.tails is None or len(self.tails) < LEAST_ROWS:
            return False
        steps = self.tails.diff().drop_nulls()
        common = steps.value_counts(sort=True).row(0)
        if common[0] != 0 and common[1] >= COMMON_STEP * len(steps):
            return True
        one_way = bool((steps > 0).all()) or bool((steps < 0).all())
        # A table that is sorted by telephone number has many prefixes; a counter has few.
        return one_way and self.values.str.head(PREFIX).n_unique() <= 2

    @cached_property
    def is_dense(self) -> bool:
        """Say whether the values number the table's rows, in whatever order."""
        if self.tails is None or self.tails.n_unique() < max(
            LEAST_ROWS, MOSTLY_DISTINCT * len(self.tails)
        ):
            return False
        low, high = self.tails.min(), self.tails.max()
        room = DENSE * min(self.rows, MOST_ROWS)
        return isinstance(low, int) and isinstance(high, int) and high - low < room

    @property
    def counts_things(self) -> bool:
        """Say whether the values are serial numbers in order or out of it."""
        return self.is_serial or self.is_dense

    @cached_property
    def numbers(self) -> pl.Series:
        """Answer the values as floats, null for what is no number."""
        return self.values.cast(pl.Float64, strict=False)
