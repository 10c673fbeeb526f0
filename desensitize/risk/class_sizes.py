"""Count the rows of a file by how many others they look like."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError, TableError, nearest

COUNT = " count "
EDGES = (1, 2, 5, 10, 20, 50, 100)
"""The least class size of each band; a band ends before the next begins."""


@dataclass(frozen=True)
class SizeBand:
    """Hold the classes of `smallest` to `largest` rows; `largest` is None in the last band."""

    smallest: int
    largest: int | None
    classes: int
    rows: int

    def as_dict(self) -> dict[str, Any]:
        """Return the band as plain values."""
        return asdict(self)


def class_sizes(path: Path, *, quasi_identifiers: Sequence[str]) -> tuple[SizeBand, ...]:
    """Count the classes of a Parquet file and their rows by class size, empty bands included.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`.
    """
    try:
        table = pl.scan_parquet(path)
        names = table.collect_schema().names()
        for column in quasi_identifiers:
            if column not in names:
                raise DesensitizeError(
                    "unknown-column", column=column, nearest=nearest(column, names)
                )
        if not quasi_identifiers:
            return ()
        size = pl.len().cast(pl.Int64).alias(COUNT)
        sizes = table.group_by(list(dict.fromkeys(quasi_identifiers))).agg(size).select(COUNT)
        bands = (
            sizes.group_by(pl.sum_horizontal(pl.col(COUNT) >= edge for edge in EDGES).alias("band"))
            .agg(pl.len().alias("classes"), pl.col(COUNT).sum().alias("rows"))
            .collect(engine="streaming")
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    found = {int(band): (int(classes), int(rows)) for band, classes, rows in bands.rows()}
    ends = [edge - 1 for edge in EDGES[1:]]
    return tuple(
        SizeBand(edge, end, *found.get(number, (0, 0)))
        for number, (edge, end) in enumerate(zip(EDGES, [*ends, None], strict=True), start=1)
    )
