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
# No certain identifier goes without ten digits, an at sign or the head of an account number, in
# whatever width they are written.
SUSPICIOUS = r"[@\x{ff20}]|(?:\d[^0-9A-Za-z]{0,2}){10}|\p{Lu}{2}\d{2}"
LEAST_NUMBER = 10**10
CERTAIN = tuple(one for one in DETECTORS.values() if one.strict and one.role == "direct")
FRACTION = r"^-?[0-9]+\.[0-9]+$"
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

    def add(self, cells: pl.Series, detectors: Sequence[Detector]) -> None:
        self.cells += len(cells) - cells.null_count()
        if cells.dtype.is_integer() and not (cells >= LEAST_NUMBER).any():
            return
        values = as_text(cells).drop_nulls()
        if all(one.strict for one in detectors):
            values = values.filter(values.str.contains(SUSPICIOUS))
        values = cleaned(values).drop_nulls()
        for detector in detectors if len(values) else ():
            kind = detector.kind
            formed = detector.alike(values) | detector.formed_within(values)
            self.alike[kind] = self.alike.get(kind, 0) + int(formed.sum())
            hits = int(detector.found_within(values).sum())
            self.hits[kind] = self.hits.get(kind, 0) + hits

    def finding(self, column: str, detector: Detector) -> Finding | None:
        rows = self.hits.get(detector.kind, 0)
        alike = self.alike.get(detector.kind, 0)
        least = CHANCE_SHARE if detector.check else detector.minimum_share
        by_chance = alike >= CHANCE_ROWS and rows < least * alike
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
    if column.dtype in UNREADABLE or _is_measured(column):
        return []
    # Numbers of orders run through those of telephones.
    certain = [one for one in chosen if one.strict and not (one.believed and column.counts_things)]
    if proposal.role != "direct" or proposal.evidence_code not in BY_VALUES:
        return certain
    told = proposal.evidence_parameters.get("kind")
    return certain + [one for one in chosen if one.kind == told and not one.strict]


def _is_measured(column: SampledColumn) -> bool:
    # Digits behind a point pass for anything; no number of a person has one.
    if column.dtype not in ("float", "decimal") or not len(column.values):
        return False
    return bool(column.values.str.contains(FRACTION).all())


def _scan(file: pq.ParquetFile, asked: Mapping[str, Sequence[Detector]]) -> tuple[Finding, ...]:
    counts = {column: _Count() for column, detectors in asked.items() if detectors}
    if not counts:
        return ()
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=list(counts)):
        frame = pl.DataFrame(batch)
        for column, count in counts.items():
            count.add(frame[column], asked[column])
    found = [
        count.finding(column, detector)
        for column, count in counts.items()
        for detector in asked[column]
    ]
    return tuple(one for one in found if one is not None)
