"""Measure the risk of re-identification on the bytes of a written file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.risk.population import (
    PopulationFigures,
    estimated_uniques,
    measure_population,
)
from desensitize.risk.sensitive import COUNT, SensitiveFigures, measure_sensitive
from desensitize.tables.digest import sha256_of

AT_RISK = 0.2


@dataclass(frozen=True)
class RiskFigures:
    """Hold what was measured on the file with digest `sha256`.

    A class is a set of rows alike in all quasi-identifiers. `prosecutor_max` is
    1 / smallest class, `prosecutor_mean` and `marketer` are classes / rows (El Emam, 2013), all
    shares from 0 to 1. `l` is the fewest different sensitive values in a class, `t` the greatest
    distance of a class from the whole table, over all sensitive columns; both None without one,
    and `by_column` has the figures of each. `share_at_risk` is the share of rows whose own risk,
    1 / class size, is above `at_risk_from`. `population` is None without a population file,
    `estimated_population_uniques` (a share of the unique rows) without a sampling fraction.
    """

    rows: int
    classes: int
    smallest_class: int
    unique_rows: int
    unique_share: float
    prosecutor_max: float
    prosecutor_mean: float
    marketer: float
    sha256: str
    l: int | None  # noqa: E741
    t: float | None
    share_at_risk: float = 0.0
    at_risk_from: float = AT_RISK
    by_column: Mapping[str, SensitiveFigures] = field(default_factory=dict)
    population: PopulationFigures | None = None
    estimated_population_uniques: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values; k is the smallest class.

        The figures of a population stand beside the others, and are left out without one.
        """
        plain = {
            name: value
            for name, value in vars(self).items()
            if name not in ("by_column", "population", "estimated_population_uniques")
        }
        plain["k"] = self.smallest_class
        plain["by_column"] = {name: one.as_dict() for name, one in self.by_column.items()}
        if self.population is not None:
            plain |= self.population.as_dict()
        if self.estimated_population_uniques is not None:
            plain["estimated_population_uniques"] = self.estimated_population_uniques
        return plain


def measure(
    path: Path,
    *,
    quasi_identifiers: Sequence[str],
    sensitive: Sequence[str] = (),
    population: Path | None = None,
    hierarchies: Mapping[str, Hierarchy] = MappingProxyType({}),
    sampling_fraction: float | None = None,
    at_risk_from: float = AT_RISK,
) -> RiskFigures:
    """Measure the classes of a Parquet file; without quasi-identifiers all rows are one class.

    Null counts as a value of its own. `population` is a Parquet file of everybody, in values or in
    the same labels; `hierarchies` say which values a label stands for.

    Raises:
        DesensitizeError: `unknown-column` or `bad-fraction`.
        TableError: `unreadable-table`, or `file-changed` while it was measured.
    """
    for share in (at_risk_from, sampling_fraction):
        if share is not None and not 0 < share <= 1:
            raise DesensitizeError("bad-fraction")
    try:
        before = _identity(path)
        digest = sha256_of(path)
        table = pl.scan_parquet(path)
        _refuse_unknown(table, (*quasi_identifiers, *sensitive))
        sizes: dict[int, int] | None = None
        by_column = {}
        for column in sensitive:
            by_column[column], rows_of = measure_sensitive(table, quasi_identifiers, column)
            if sizes is None and column not in quasi_identifiers:
                sizes = dict(Counter(rows_of.tolist()))
        if sizes is None:
            sizes = _class_sizes(table, quasi_identifiers)
        everybody = None
        if population is not None and quasi_identifiers:
            persons = pl.scan_parquet(population)
            _refuse_unknown(persons, quasi_identifiers)
            everybody = measure_population(table, persons, quasi_identifiers, hierarchies)
        after = _identity(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    if before != after:
        raise TableError("file-changed")
    return _figures(
        sizes,
        at_risk_from,
        sha256=digest,
        by_column=by_column,
        population=everybody,
        estimated_population_uniques=(
            None if sampling_fraction is None else estimated_uniques(sizes, sampling_fraction)
        ),
    )


def _figures(
    sizes: Mapping[int, int],
    at_risk_from: float,
    *,
    by_column: Mapping[str, SensitiveFigures],
    **measured: Any,
) -> RiskFigures:
    """Count figures from how many classes there are of each size, beside what was measured."""
    rows = sum(size * classes for size, classes in sizes.items())
    classes, smallest, unique = sum(sizes.values()), min(sizes, default=0), sizes.get(1, 0)
    endangered = sum(size * count for size, count in sizes.items() if 1 / size > at_risk_from)
    return RiskFigures(
        rows=rows,
        classes=classes,
        smallest_class=smallest,
        unique_rows=unique,
        unique_share=unique / rows if rows else 0.0,
        prosecutor_max=1 / smallest if smallest else 0.0,
        prosecutor_mean=classes / rows if rows else 0.0,
        marketer=classes / rows if rows else 0.0,
        l=min((one.different for one in by_column.values()), default=None),
        t=max((one.t for one in by_column.values()), default=None),
        share_at_risk=endangered / rows if rows else 0.0,
        at_risk_from=at_risk_from,
        by_column=by_column,
        **measured,
    )


def _refuse_unknown(table: pl.LazyFrame, columns: Sequence[str]) -> None:
    names = table.collect_schema().names()
    for column in columns:
        if column not in names:
            raise DesensitizeError("unknown-column", column=column, nearest=nearest(column, names))


def _identity(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _class_sizes(table: pl.LazyFrame, quasi_identifiers: Sequence[str]) -> dict[int, int]:
    """Count the classes of each size."""
    # Polars counts in 32 bits, which sums of counts would overflow silently.
    count = pl.len().cast(pl.Int64).alias(COUNT)
    if quasi_identifiers:
        classes = table.group_by(list(dict.fromkeys(quasi_identifiers))).agg(count)
    else:
        classes = table.select(count).filter(pl.col(COUNT) > 0)
    found = classes.group_by(COUNT).agg(pl.len().alias("classes")).collect(engine="streaming")
    return {int(size): int(number) for size, number in found.select(COUNT, "classes").rows()}
