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
MOSTLY_DISTINCT, NUMBERED = 0.6, 0.99
# Of fewer rows for a value on average, most values single somebody out who is in the table.
LEAST_COUNTED, LEAST_DISTINCT = 20, 0.3
# Whole numbers of nine digits and more number things; an interval of eleven reads like telephones.
MOST_COUNTED, MOST_MEASURED = 10**8, 10**10
PREFIX = 3


@dataclass(frozen=True)
class SampledColumn:
    """Hold the sampled cells of one column as cleaned texts without null, in the file's order.

    `dtype` is the type's name as in profiles, `rows` the length of the whole table, `all_distinct`
    whether no value of the column occurs twice, as far as was seen. `known_distinct` counts the
    different values of the whole table, where they were counted; `cells` the sampled cells, empty
    ones too.
    """

    name: str
    dtype: str
    rows: int
    values: pl.Series
    all_distinct: bool
    known_distinct: int | None = None
    cells: int = 0

    @cached_property
    def distinct(self) -> int:
        """Count the different values in the sample."""
        return self.values.n_unique()

    @cached_property
    def is_nearly_unique(self) -> bool:
        """Return whether so few rows of the table share a value that a value points to its rows.

        Where only a sample is known, the different values of the table are estimated from how
        often two of the sample are alike: of D values that are equally frequent, n draws hold
        n (n − 1) / 2 D pairs.
        """
        drawn = len(self.values)
        if drawn < LEAST_COUNTED:
            return False
        if self.known_distinct is not None:
            return self.known_distinct >= LEAST_DISTINCT * self.rows * drawn / max(1, self.sampled)
        if drawn >= self.rows or self.sampled >= self.rows:
            return self.distinct >= LEAST_DISTINCT * drawn
        counts = self.values.value_counts()["count"].cast(pl.Int64)
        pairs = int((counts * (counts - 1) // 2).sum())
        return drawn * (drawn - 1) / 2 >= LEAST_DISTINCT * self.rows * pairs

    @cached_property
    def is_measured(self) -> bool:
        """Return whether the values are numbers no longer than what people count and measure."""
        if self.dtype not in ("integer", "decimal", "float"):
            return False
        highest = self.numbers.abs().max()
        most = MOST_COUNTED if self.dtype == "integer" else MOST_MEASURED
        return isinstance(highest, float) and highest < most

    @property
    def sampled(self) -> int:
        """Count the sampled cells, empty ones too."""
        return self.cells or len(self.values)

    @cached_property
    def probed(self) -> list[str]:
        """Return some values from all over the sample."""
        step = max(1, len(self.values) // 64)
        return [str(value) for value in self.values.gather_every(step).head(64).to_list()]

    @cached_property
    def mean_length(self) -> float:
        """Return how many characters a value has on average."""
        mean = self.values.str.len_chars().mean()
        return float(mean) if isinstance(mean, int | float) else 0.0

    @cached_property
    def tails(self) -> pl.Series | None:
        """Return the number that each value ends in, or None when some end in none."""
        joined = self.values.str.replace_all(r"[ .()+-]", "")
        found = joined.str.extract(r"([0-9]{1,18})[^0-9]{0,2}$").cast(pl.Int64, strict=False)
        return None if found.null_count() or not len(found) else found

    @cached_property
    def is_serial(self) -> bool:
        """Return whether the values count up or down, as numbers of orders and records do."""
        if self.tails is None or len(self.tails) < LEAST_ROWS:
            return False
        steps = self.tails.diff().drop_nulls()
        common = steps.value_counts(sort=True).row(0)
        if common[0] != 0 and common[1] >= COMMON_STEP * len(steps):
            return True
        # A table that is sorted by telephone number has many prefixes; a counter has few.
        return self.is_one_way and self.values.str.head(PREFIX).n_unique() <= 2

    @cached_property
    def is_one_way(self) -> bool:
        """Return whether each value ends in a number above, or each below, the one before."""
        if self.tails is None or len(self.tails) < LEAST_ROWS:
            return False
        steps = self.tails.diff().drop_nulls()
        return bool((steps > 0).all()) or bool((steps < 0).all())

    @property
    def numbers_rows(self) -> bool:
        """Return whether the values are the rows' own numbers, in order or shuffled."""
        return (self.is_serial and self.is_one_way) or (self.is_dense and self.is_mostly_distinct)

    @cached_property
    def is_dense(self) -> bool:
        """Return whether the values number the table's rows, in whatever order."""
        if self.tails is None or self.tails.n_unique() < max(
            LEAST_ROWS, MOSTLY_DISTINCT * len(self.tails)
        ):
            return False
        low, high = self.tails.min(), self.tails.max()
        room = DENSE * min(self.rows, MOST_ROWS)
        return isinstance(low, int) and isinstance(high, int) and high - low < room

    @property
    def is_mostly_distinct(self) -> bool:
        """Return whether hardly a value comes twice, as no number of a record does."""
        return self.distinct >= NUMBERED * len(self.values)

    @property
    def counts_things(self) -> bool:
        """Return whether the values are serial numbers in order or out of it."""
        return self.is_serial or self.is_dense

    @cached_property
    def numbers(self) -> pl.Series:
        """Return the values as floats, null for what is no number."""
        return self.values.cast(pl.Float64, strict=False)
