"""Measure the risk of re-identification on the bytes of a written file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.risk.closeness import ordinary_distance
from desensitize.tables.digest import sha256_of

# Names that no column of a table can have, since column names are stripped of blanks.
COUNT = " count "
PRIVATE = " private "


@dataclass(frozen=True)
class RiskFigures:
    """Hold what was measured on the file with digest `sha256`.

    A class is a set of rows alike in all quasi-identifiers. `prosecutor_max` is
    1 / smallest class, `prosecutor_mean` and `marketer` are classes / rows (El Emam, 2013), all
    shares from 0 to 1. `l` is the fewest different sensitive values in a class, `t` the greatest
    distance of a class from the whole table; both None without a sensitive column.
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

    def as_dict(self) -> dict[str, Any]:
        """Answer the figures as plain values; k is the smallest class."""
        return asdict(self) | {"k": self.smallest_class}


def measure(
    path: Path, *, quasi_identifiers: Sequence[str], sensitive: Sequence[str] = ()
) -> RiskFigures:
    """Measure the classes of a Parquet file; without quasi-identifiers all rows are one class.

    Null counts as a value of its own.

    Raises:
        DesensitizeError: `unknown_column`.
        TableError: `unreadable_table`, or `file_changed` while it was measured.
    """
    try:
        before = _identity(path)
        digest = sha256_of(path)
        table = pl.scan_parquet(path)
        names = table.collect_schema().names()
        for column in (*quasi_identifiers, *sensitive):
            if column not in names:
                raise DesensitizeError(
                    "unknown_column", column=column, nearest=nearest(column, names)
                )
        figures = _class_figures(table, quasi_identifiers)
        diversity: int | None = None
        closeness: float | None = None
        for column in sensitive:
            fewest, farthest = _sensitive_figures(table, quasi_identifiers, column)
            diversity = fewest if diversity is None else min(diversity, fewest)
            closeness = farthest if closeness is None else max(closeness, farthest)
        after = _identity(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error
    if before != after:
        raise TableError("file_changed")
    rows, classes, smallest, unique = figures
    return RiskFigures(
        rows=rows,
        classes=classes,
        smallest_class=smallest,
        unique_rows=unique,
        unique_share=unique / rows if rows else 0.0,
        prosecutor_max=1 / smallest if smallest else 0.0,
        prosecutor_mean=classes / rows if rows else 0.0,
        marketer=classes / rows if rows else 0.0,
        sha256=digest,
        l=diversity,
        t=closeness,
    )


def _identity(path: Path) -> tuple[int, int, int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _class_figures(
    table: pl.LazyFrame, quasi_identifiers: Sequence[str]
) -> tuple[int, int, int, int]:
    # Polars counts in 32 bits, which products of counts overflow silently.
    count = pl.len().cast(pl.Int64).alias(COUNT)
    if quasi_identifiers:
        classes = table.group_by(list(dict.fromkeys(quasi_identifiers))).agg(count)
    else:
        classes = table.select(count).filter(pl.col(COUNT) > 0)
    found = classes.select(
        pl.col(COUNT).sum().alias("rows"),
        pl.len().alias("classes"),
        pl.col(COUNT).min().fill_null(0).alias("smallest"),
        (pl.col(COUNT) == 1).sum().alias("unique"),
    ).collect(engine="streaming")
    rows, classes_found, smallest, unique = found.row(0)
    return int(rows), int(classes_found), int(smallest), int(unique)


def _sensitive_figures(
    table: pl.LazyFrame, quasi_identifiers: Sequence[str], column: str
) -> tuple[int, float]:
    keys = [name for name in dict.fromkeys(quasi_identifiers) if name != column]
    cells = (
        table.select(*keys, pl.col(column).alias(PRIVATE))
        .group_by([*keys, PRIVATE])
        .agg(pl.len().cast(pl.Int64).alias(COUNT))
    )
    if not keys:
        fewest = cells.select(pl.len()).collect(engine="streaming").item()
        return int(fewest), 0.0
    diversity = cells.group_by(keys).agg(pl.len().alias("different"))
    fewest = diversity.select(pl.col("different").min().fill_null(0)).collect(engine="streaming")
    return int(fewest.item()), ordinary_distance(cells, keys, PRIVATE, COUNT)
