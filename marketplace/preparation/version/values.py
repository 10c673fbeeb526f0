"""Read a little of a source version, straight from the vault, for those who may see it.

The callers have checked that the actor is an officer of the organization who has opened a look,
where values are shown, or shows a reviewer values of one column that are cut short; nothing read
here is kept, neither in the database nor in the cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from desensitize.privacy import Hierarchy, generate_hierarchy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Invalid
from marketplace.vault.services import open_stored

SHOWN_ROWS = 4
"""Of how many rows a preview shows the values."""
MOST_SHOWN_ROWS = 5
"""Of how many rows any page shows values that is no page of a whole column."""
BATCH_ROWS = 65_536
MOST_VALUES = 20_000
ANY_VALUE = ("*",)


@dataclass(frozen=True)
class ColumnValues:
    """The different values of a column as texts, sorted, and its type.

    `is_whole` is False where only the first rows were read.
    """

    name: str
    values: tuple[str, ...]
    dtype: pl.DataType
    is_whole: bool

    def hierarchy(self) -> Hierarchy:
        """Make the hierarchy that the search makes from these values."""
        return generate_hierarchy(self.name, self.values or ANY_VALUE, self.dtype)


def column_values(
    version: DatasetVersion, name: str, *, most_rows: int | None = None
) -> ColumnValues:
    """Read the different values of a column, of the first `most_rows` rows at least.

    Raises:
        Invalid: there are too many to be looked at (code `too-many-values`).
        WrongState: the file was removed or is damaged.
    """
    found: set[str] = set()
    read, dtype = 0, pl.DataType()
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=[name]):
            column = pl.DataFrame(batch).to_series()
            dtype = column.dtype
            found.update(column.drop_nulls().unique().cast(pl.String).to_list())
            if len(found) > MOST_VALUES:
                raise Invalid(
                    _(
                        "This column has more than %(most)s different values, too many for a "
                        "hierarchy. Choose intervals of one width, or shorten its dates."
                    )
                    % {"most": MOST_VALUES},
                    code="too-many-values",
                )
            read += batch.num_rows
            if most_rows is not None and read >= most_rows:
                break
    return ColumnValues(name, tuple(sorted(found)), dtype, is_whole=read >= version.rows)


def first_rows(version: DatasetVersion, columns: Sequence[str], rows: int) -> pl.DataFrame:
    """Read the first rows of some columns.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        batch = next(table.iter_batches(batch_size=rows, columns=list(columns)), None)
        if batch is None:
            return pl.DataFrame(table.schema_arrow.empty_table()).select(columns)
    return pl.DataFrame(batch)
