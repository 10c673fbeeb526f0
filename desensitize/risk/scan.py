"""Search every released cell for direct identifiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from desensitize.detectors import (
    BY_VALUES,
    DETECTORS,
    Detector,
    Looked,
    Proposal,
    cn_id,
    cn_mobile,
    cn_name,
    record_key,
)
from desensitize.detectors.cleaning import as_text, cleaned
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.free_text import BETWEEN, NAMED, SUSPICIOUS
from desensitize.errors import DesensitizeError, TableError, nearest

BATCH_ROWS = 131_072
# Of many numbers that have a kind's form, some pass its check digit by chance: one in ten by Luhn.
CHANCE_ROWS = 20
CHANCE_SHARE = 0.5
LEAST_NUMBER = 10**10
CERTAIN = tuple(one for one in DETECTORS.values() if one.strict and one.role == "direct")
FRACTION = r"^-?[0-9]+\.[0-9]+$"
# Evidence by which one cell alone would prove nothing, though all of them together do.
WHOLE_COLUMN = ("glued", "values", "values_and_header")
UNREADABLE = ("boolean", "date", "datetime", "time")


@dataclass(frozen=True)
class Finding:
    """Report that `rows` of the non-empty cells of a column, a `share` of them, show a kind."""

    column: str
    kind: str
    rows: int
    share: float


def _most(numbers: pl.Series) -> int:
    """Return the largest number: small types cannot be compared with what they cannot hold."""
    most = numbers.max()
    return most if isinstance(most, int) else 0


@dataclass
class _Count:
    """Count the cells of one column, and by kind what was found in them and what looked so."""

    cells: int = 0
    hits: dict[str, int] = field(default_factory=dict)
    glued: dict[str, int] = field(default_factory=dict)
    alike: dict[str, int] = field(default_factory=dict)

    def add(self, cells: pl.Series, detectors: Sequence[Detector]) -> None:
        self.cells += len(cells) - cells.null_count()
        is_certain = all(one.strict for one in detectors)
        if is_certain and cells.dtype.is_integer() and _most(cells) < LEAST_NUMBER:
            return
        values = as_text(cells).drop_nulls()
        if is_certain:
            values = values.filter(values.str.contains(SUSPICIOUS))
        values = cleaned(values).drop_nulls()
        for detector in detectors if len(values) else ():
            kind = detector.kind
            formed = detector.alike(values) | detector.formed_within(values)
            self.alike[kind] = self.alike.get(kind, 0) + int(formed.sum())
            hits = detector.found_within(values)
            self.hits[kind] = self.hits.get(kind, 0) + int(hits.sum())
            glued = int(detector.found_glued(values.filter(~hits)).sum())
            self.glued[kind] = self.glued.get(kind, 0) + glued

    def finding(self, column: str, detector: Detector) -> Finding | None:
        rows = self.hits.get(detector.kind, 0)
        alike = self.alike.get(detector.kind, 0)
        least = CHANCE_SHARE if detector.check else detector.minimum_share
        by_chance = alike >= CHANCE_ROWS and rows < least * alike
        rows = 0 if detector.strict and by_chance else rows
        rows += self.glued.get(detector.kind, 0)
        if not rows:
            return None
        return Finding(column, detector.kind, rows, rows / self.cells)


def full_scan(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    detectors: Sequence[Detector] | None = None,
    pseudonyms: Sequence[str] = (),
    looked: Looked | None = None,
) -> tuple[Finding, ...]:
    """Read every cell of the given columns (all by default) and answer what identifies directly.

    A single cell with a right check digit or form is a finding; kinds that are told by likeness
    alone, such as names, are counted where a sample of the column shows that it holds them. The
    keys of `pseudonyms`, columns whose values a mask made, are not those of the source. `looked` is
    the sample of all columns of the file, where it was taken.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`.
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
                        "unknown-column", column=column, nearest=nearest(column, names)
                    )
            if not wanted:
                return ()
            looked = Looked.at(path, wanted) if looked is None else looked.among(wanted)
            asked = {
                column.name: [
                    one
                    for one in _asked(column, proposal, chosen)
                    if column.name not in pseudonyms or one.kind != record_key.DETECTOR.kind
                ]
                for column, proposal in zip(looked.columns, looked.proposals(), strict=True)
            }
            return _scan(file, asked)
    except OSError as error:
        raise TableError("unreadable-table") from error


def _asked(column: SampledColumn, proposal: Proposal, chosen: Sequence[Detector]) -> list[Detector]:
    if column.dtype in UNREADABLE or _is_measured(column):
        return []
    # Numbers of orders run through those of telephones.
    certain = [one for one in chosen if one.strict and not (one.believed and column.counts_things)]
    if proposal.role != "direct" or proposal.evidence_code not in BY_VALUES:
        return certain
    told = proposal.evidence_parameters.get("kind")
    within_texts = proposal.evidence_code == "free_text"
    also = [
        _told(one, within_texts=within_texts)
        for one in chosen
        if one.kind == told and (not one.strict or proposal.evidence_code in WHOLE_COLUMN)
    ]
    return [one for one in certain if one.kind not in {each.kind for each in also}] + also


def _told(detector: Detector, *, within_texts: bool) -> Detector:
    """Return the detector for a column of which the sample showed that it holds the kind.

    What only a whole column tells, such as a place among the digits of each cell, is counted
    wherever a cell has the form, and so is a name that stands inside texts.
    """
    if detector.kind == cn_name.DETECTOR.kind and within_texts:
        return replace(detector, embedded=NAMED, edges="\x00")
    if not detector.strict:
        return detector
    number = f"(?:{detector.embedded or detector.pattern})|(?:{detector.pattern})"
    if detector.kind == cn_mobile.DETECTOR.kind:
        number = f"(?:{number})|[0-9A-Za-z]*{cn_mobile.SEGMENT}[0-9]{{8}}[0-9A-Za-z]*"
        number = f"{number}|1(?:{BETWEEN}{{0,2}}[0-9]){{10}}"
    if detector.kind == cn_id.DETECTOR.kind:
        number = f"{number}|[1-8](?:{BETWEEN}{{0,2}}[0-9]){{16}}{BETWEEN}{{0,2}}[0-9Xx]"
    return replace(detector, strict=False, embedded=number)


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
