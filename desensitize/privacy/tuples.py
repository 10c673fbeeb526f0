"""Count the distinct tuples of a table: from here on cost follows tuples, not rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from desensitize.errors import DesensitizeError, nearest
from desensitize.privacy.lattice import COUNT


@dataclass(frozen=True)
class CountedTuples:
    """Hold the distinct tuples of quasi-identifiers, as text, with their counts.

    `cells` counts for each sensitive column its values within each tuple, `population` the tuples
    of everybody. Counts of parts of a table can be added up to those of the whole.
    """

    tuples: pl.DataFrame
    cells: Mapping[str, pl.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    population: pl.DataFrame | None = None


def narrowed(counted: CountedTuples, columns: Sequence[str]) -> CountedTuples:
    """Count by some of the columns what was counted by more."""

    def by(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
        return frame.group_by(list(names)).agg(pl.col(COUNT).sum())

    return CountedTuples(
        tuples=by(counted.tuples, columns),
        cells={name: by(cells, [*columns, name]) for name, cells in counted.cells.items()},
    )


def distinct_tuples(table: pl.LazyFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Count the distinct tuples of some columns, as text, in no particular order."""
    names = list(columns)
    return (
        table.group_by(names)
        .agg(pl.len().cast(pl.Int64).alias(COUNT))
        # Different values may have the same text, such as 0.0 and −0.0 without its sign.
        .with_columns(pl.col(names).cast(pl.String))
        .group_by(names)
        .agg(pl.col(COUNT).sum())
        .collect(engine="streaming")
    )


def counted_tuples(
    table: pl.LazyFrame,
    quasi_identifiers: Sequence[str],
    *,
    sensitive: Sequence[str] = (),
    population: pl.LazyFrame | None = None,
) -> CountedTuples:
    """Count what a search looks at.

    Raises:
        DesensitizeError: `no-quasi-identifiers`, `unknown-column` or `sensitive-is-quasi`.
    """
    if not quasi_identifiers:
        raise DesensitizeError("no-quasi-identifiers")
    _refuse_unknown(table, (*quasi_identifiers, *sensitive))
    for column in sensitive:
        if column in quasi_identifiers:
            raise DesensitizeError("sensitive-is-quasi", column=column)
    if population is not None:
        _refuse_unknown(population, quasi_identifiers)
    return CountedTuples(
        tuples=distinct_tuples(table, quasi_identifiers),
        cells={
            column: distinct_tuples(table, [*quasi_identifiers, column]) for column in sensitive
        },
        population=None if population is None else distinct_tuples(population, quasi_identifiers),
    )


def _refuse_unknown(table: pl.LazyFrame, columns: Sequence[str]) -> None:
    known = table.collect_schema().names()
    for column in columns:
        if column not in known:
            raise DesensitizeError("unknown-column", column=column, nearest=nearest(column, known))
