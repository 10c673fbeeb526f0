"""Search every released cell for direct identifiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from desensitize.detectors import BY_VALUES, DETECTORS, Detector, Proposal, classify_columns
from desensitize.detectors.cleaning import as_text, cleaned
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.sampling import sampled_columns
from desensitize.errors import DesensitizeError, TableError, nearest

BATCH_ROWS = 131_072
# Of many numbers that have a kind's form, some pass its check digit by chance: one in ten by Luhn.
CHANCE_ROWS = 20
CHANCE_SHARE = 0.5
# No certain identifier is shorter than a mobile number or goes without ten digits or an at sign.
SUSPICIOUS = r"@|(?:[0-9][ .-]?){10}|[A-Z]{2}[0-9]{2}"
CERTAIN = tuple(one for one in DETECTORS.values() if one.strict and one.role == "direct")
UNREADABLE = ("boolean", "date", "datetime", "time")


@dataclass(frozen=True)
class Finding:
    """Report that `rows` of the non-empty cells of a column, a `share` of them, show a kind."""

    column: str
    kind: str
    rows: int
    share: float


@dataclass
class _Count:
    """Count the cells of one column, and by kind what was found in them and what looked so."""

    cells: int = 0
    hits: dict[str, int] = field(default_factory=dict)
    alike: dict[str, int] = field(default_factory=dict)

    def add(self, counts: pl.DataFrame, detectors: Sequence[Detector]) -> None:
        self.cells += int(counts["count"].sum())
        for detector in detectors:
            asked = counts
            if detector.strict:
                asked = counts.filter(pl.col("value").str.contains(SUSPICIOUS))
            if not asked.height:
                continue
            matched = asked.filter(detector.found_within(asked["value"]))["count"].sum()
            alike = asked.filter(detector.alike(asked["value"]))["count"].sum()
            kind = detector.kind
            self.hits[kind] = self.hits.get(kind, 0) + int(matched)
            self.alike[kind] = self.alike.get(kind, 0) + int(alike)

    def finding(self, column: str, detector: Detector) -> Finding | None:
        rows = self.hits.get(detector.kind, 0)
        alike = self.alike.get(detector.kind, 0)
        by_chance = alike >= CHANCE_ROWS and rows < CHANCE_SHARE * alike
        if not rows or (detector.strict and by_chance):
            return None
        return Finding(column, detector.kind, rows, rows / self.cells)


def full_scan(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    detectors: Sequence[Detector] | None = None,
) -> tuple[Finding, ...]:
    """Read every cell of the given columns (all by default) and answer what identifies directly.

    A single cell with a right check digit or form is a finding; kinds that are told by likeness
    alone, such as names, are counted where a sample of the column shows that it holds them.

    Raises:
        DesensitizeError: `unknown_column`.
        TableError: `unreadable_table`.
    """
    chosen = [one for one in DETECTORS.values() if one.role == "direct"]
    chosen = chosen if detectors is None else list(detectors)
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            wanted = list(columns) if columns is not None else names
            for column in wanted:
                if column not in names:
                    raise DesensitizeError(
                        "unknown_column", column=column, nearest=nearest(column, names)
                    )
            if not wanted:
                return ()
            sampled = sampled_columns(path, wanted)
            proposals = classify_columns(sampled)
            asked = {
                column.name: _asked(column, proposal, chosen)
                for column, proposal in zip(sampled, proposals, strict=True)
            }
            return _scan(file, asked)
    except OSError as error:
        raise TableError("unreadable_table") from error


def _asked(column: SampledColumn, proposal: Proposal, chosen: Sequence[Detector]) -> list[Detector]:
    if column.dtype in UNREADABLE:
        return []
    # Numbers of orders run through those of telephones.
    certain = [one for one in chosen if one.strict and not (one.believed and column.counts_things)]
    if proposal.role != "direct" or proposal.evidence_code not in BY_VALUES:
        return certain
    told = proposal.evidence_parameters.get("kind")
    return certain + [one for one in chosen if one.kind == told and not one.strict]


def _scan(file: pq.ParquetFile, asked: Mapping[str, Sequence[Detector]]) -> tuple[Finding, ...]:
    counts = {column: _Count() for column, detectors in asked.items() if detectors}
    if not counts:
        return ()
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=list(counts)):
        frame = pl.DataFrame(batch)
        for column, count in counts.items():
            values = frame.select(as_text(frame[column]).alias("value")).drop_nulls()
            distinct = values.group_by("value").agg(pl.len().alias("count"))
            count.add(distinct.with_columns(cleaned(distinct["value"])).drop_nulls(), asked[column])
    found = [
        count.finding(column, detector)
        for column, count in counts.items()
        for detector in asked[column]
    ]
    return tuple(one for one in found if one is not None)
