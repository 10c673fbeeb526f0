"""Measure what a table has lost on its way: its utility."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.privacy.generation import generate_hierarchy
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.pairs import folded, hides, pairs_of
from desensitize.risk.association import AssociationChange, association_changes
from desensitize.risk.distributions import (
    VALUE,
    Distances,
    distances,
    distribution,
    label_loss,
    spread,
)
from desensitize.tables.digest import sha256_of
from desensitize.tables.schema import type_name

COUNT = " count "


@dataclass(frozen=True)
class ColumnChange:
    """Hold what became of one column.

    `change` is `kept`, `dropped` or `added`; types are None where the table lacks the column.
    `loss` is the mean over the rows that are left of (leaves under the label − 1) / (leaves − 1),
    None where no hierarchy explains the labels. `distances` are None unless both tables have the
    column; those of generalized columns are taken over the values that the labels stand for.
    """

    name: str
    change: str
    type_before: str | None
    type_after: str | None
    loss: float | None
    distances: Distances | None


@dataclass(frozen=True)
class ClassMetrics:
    """Hold the classes of rows that are alike in all quasi-identifiers.

    `discernibility` is the sum of squared class sizes, plus the rows before for each row that was
    left out (Bayardo and Agrawal, 2005). `mean_size` is rows / classes.
    """

    classes: int
    smallest: int
    mean_size: float
    discernibility: int


@dataclass(frozen=True)
class Comparison:
    """Hold a comparison of two files, bound to the digests of their bytes.

    `loss` is the mean of the columns' losses over all rows before, a suppressed row counting 1;
    None where no column has one. Classes are None without quasi-identifiers.
    """

    sha256_before: str
    sha256_after: str
    rows_before: int
    rows_after: int
    suppressed_rows: int
    loss: float | None
    columns: tuple[ColumnChange, ...]
    classes_before: ClassMetrics | None
    classes_after: ClassMetrics | None
    associations: tuple[AssociationChange, ...]

    @property
    def greatest_association_change(self) -> float | None:
        """Return by how much the tie of two columns has changed at most."""
        return self.associations[0].change if self.associations else None

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as plain values."""
        return asdict(self) | {
            "associations": [each.as_dict() for each in self.associations],
            "columns": [asdict(each) for each in self.columns],
            "greatest_association_change": self.greatest_association_change,
        }


def compare_tables(
    before: Path,
    after: Path,
    *,
    quasi_identifiers: Sequence[str] = (),
    hierarchies: Mapping[str, Hierarchy] | None = None,
) -> Comparison:
    """Compare two Parquet files, the second made from the first.

    For quasi-identifiers without a hierarchy the one that the search would have made is tried.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`.
    """
    try:
        first, second = pl.scan_parquet(before), pl.scan_parquet(after)
        old, new = first.collect_schema(), second.collect_schema()
        for column in quasi_identifiers:
            if column not in old:
                raise DesensitizeError(
                    "unknown-column", column=column, nearest=nearest(column, old)
                )
        given = dict(hierarchies or {})
        second = _folded(first, second, after, given, quasi_identifiers)
        new = second.collect_schema()
        columns = [
            _changed(first, second, name, given.get(name), name in quasi_identifiers)
            for name in (*old, *(name for name in new if name not in old))
        ]
        rows = [int(table.select(pl.len()).collect().item()) for table in (first, second)]
        suppressed = max(0, rows[0] - rows[1])
        shared = [name for name in old if name in new]
        keys = [name for name in quasi_identifiers if name in new]
        return Comparison(
            sha256_before=sha256_of(before),
            sha256_after=sha256_of(after),
            rows_before=rows[0],
            rows_after=rows[1],
            suppressed_rows=suppressed,
            loss=_whole_loss(columns, rows[0], suppressed),
            columns=tuple(columns),
            classes_before=_classes(first, list(quasi_identifiers), 0) if keys else None,
            classes_after=_classes(second, keys, suppressed * rows[0]) if keys else None,
            associations=association_changes(first, second, shared),
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _folded(
    before: pl.LazyFrame,
    after: pl.LazyFrame,
    path: Path,
    given: Mapping[str, Hierarchy],
    quasi_identifiers: Sequence[str],
) -> pl.LazyFrame:
    """Return the second table with columns that came as two, from and to, as one of labels."""
    types = before.collect_schema()
    pairs = pairs_of(types, path)
    if not pairs:
        return after
    known = dict(given)
    for pair in pairs:
        if pair.column in quasi_identifiers and pair.column not in known:
            values = distribution(before, pair.column)[VALUE].drop_nulls().to_list()
            if values:
                known[pair.column] = generate_hierarchy(pair.column, values, types[pair.column])
    hidden = frozenset(one.column for one in pairs if hides(before, after, one))
    return folded(after, pairs, kinds=types, hierarchies=known, hidden=hidden)


def _changed(
    before: pl.LazyFrame,
    after: pl.LazyFrame,
    name: str,
    hierarchy: Hierarchy | None,
    is_quasi_identifier: bool,
) -> ColumnChange:
    old, new = before.collect_schema().get(name), after.collect_schema().get(name)
    old_name, new_name = (type_name(each) if each is not None else None for each in (old, new))
    if old is None or new is None:
        return ColumnChange(
            name, "added" if old is None else "dropped", old_name, new_name, None, None
        )
    first, second = distribution(before, name), distribution(after, name)
    if hierarchy is None and is_quasi_identifier:
        hierarchy = _explaining(name, first, second, old)
    loss = None
    if hierarchy is not None:
        loss = label_loss(second, hierarchy)
        second = spread(second, hierarchy)
    return ColumnChange(name, "kept", old_name, new_name, loss, distances(first, second, old))


def _explaining(
    name: str, before: pl.DataFrame, after: pl.DataFrame, dtype: pl.DataType
) -> Hierarchy | None:
    values = before[VALUE].drop_nulls().to_list()
    if not values:
        return None
    made = generate_hierarchy(name, values, dtype)
    known = made.losses
    return made if all(label in known for label in after[VALUE].drop_nulls()) else None


def _whole_loss(columns: Sequence[ColumnChange], rows: int, suppressed: int) -> float | None:
    losses = [column.loss for column in columns if column.loss is not None]
    if not losses or not rows:
        return None
    return (sum(losses) / len(losses) * (rows - suppressed) + suppressed) / rows


def _classes(table: pl.LazyFrame, keys: list[str], penalty: int) -> ClassMetrics:
    # Squares of counts outgrow 32 bits silently, and their sum may outgrow 64.
    size = pl.len().cast(pl.Int64).alias(COUNT)
    wide = pl.col(COUNT).cast(pl.Int128)
    found = (
        table.group_by(keys)
        .agg(size)
        .select(
            pl.len().alias("classes"),
            pl.col(COUNT).min().fill_null(0).alias("smallest"),
            pl.col(COUNT).sum().alias("rows"),
            (wide * wide).sum().alias("squares"),
        )
        .collect(engine="streaming")
    )
    classes, smallest, rows, squares = found.row(0)
    return ClassMetrics(
        classes=int(classes),
        smallest=int(smallest),
        mean_size=rows / classes if classes else 0.0,
        discernibility=int(squares) + penalty,
    )
