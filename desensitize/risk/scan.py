"""Search every released cell for direct identifiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from desensitize.detectors import DETECTORS, Detector
from desensitize.errors import DesensitizeError, TableError, nearest

BATCH_ROWS = 131_072
# Of many numbers that have a kind's form, some pass its check digit by chance: one in ten by Luhn.
CHANCE_ROWS = 20
CHANCE_SHARE = 0.5


@dataclass(frozen=True)
class Finding:
    """Report that `rows` of the non-empty cells of a column, a `share` of them, show a kind."""

    column: str
    kind: str
    rows: int
    share: float


def full_scan(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    detectors: Sequence[Detector] | None = None,
) -> tuple[Finding, ...]:
    """Read every cell of the given columns (all by default) and answer what identifies directly.

    A single cell with a right check digit or form is a finding; kinds that are told by likeness
    alone, such as names, need most of a varied column.

    Raises:
        DesensitizeError: `unknown_column`.
        TableError: `unreadable_table`.
    """
    if detectors is None:
        chosen = [
            one for one in DETECTORS.values() if one.role == "direct" and not one.needs_header
        ]
    else:
        chosen = list(detectors)
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            wanted = list(columns) if columns is not None else names
            for column in wanted:
                if column not in names:
                    raise DesensitizeError(
                        "unknown_column", column=column, nearest=nearest(column, names)
                    )
            return _scan(file, wanted, chosen) if wanted else ()
    except OSError as error:
        raise TableError("unreadable_table") from error


def _scan(
    file: pq.ParquetFile, columns: list[str], detectors: list[Detector]
) -> tuple[Finding, ...]:
    hits: dict[tuple[str, str], int] = {}
    formed: dict[tuple[str, str], int] = {}
    cells = dict.fromkeys(columns, 0)
    varied: dict[tuple[str, str], set[str]] = {}
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=columns):
        frame = pl.DataFrame(batch)
        for column in columns:
            counts = (
                frame.select(pl.col(column).cast(pl.String).alias("value"))
                .drop_nulls()
                .group_by("value")
                .agg(pl.len().alias("count"))
            )
            cells[column] += int(counts["count"].sum())
            for detector in detectors:
                matched = counts.filter(detector.found_within(counts["value"]))
                key = (column, detector.kind)
                hits[key] = hits.get(key, 0) + int(matched["count"].sum())
                alike = counts.filter(detector.candidates(counts["value"]))
                formed[key] = formed.get(key, 0) + int(alike["count"].sum())
                seen = varied.setdefault(key, set())
                if len(seen) < detector.minimum_distinct:
                    seen.update(matched["value"].head(detector.minimum_distinct).to_list())
    findings = []
    for detector in detectors:
        for column in columns:
            key = (column, detector.kind)
            rows = hits.get(key, 0)
            share = rows / cells[column] if cells[column] else 0.0
            by_chance = formed.get(key, 0) >= CHANCE_ROWS and rows < CHANCE_SHARE * formed[key]
            enough = (detector.strict and not by_chance) or (
                share >= detector.minimum_share and len(varied[key]) >= detector.minimum_distinct
            )
            if rows and enough:
                findings.append(Finding(column, detector.kind, rows, share))
    return tuple(findings)
