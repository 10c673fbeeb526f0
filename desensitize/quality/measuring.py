"""Ask a table all rules at once, reading each column once."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import IOBase
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.quality.cells import silent
from desensitize.quality.counting import Batch, Counted, Counter, counter_of, text_keys
from desensitize.quality.language import Rule

BATCH_ROWS: Final = 65_536
PAST_COUNTED: Final = 12
"""The volume is compared with the median of so many tables before, at most."""

File = Path | BinaryIO | IOBase


class Outcome(StrEnum):
    """How a rule ended on a table."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why a rule could not be asked. The first three ask nothing; what follows them has failed."""

    MASKED = "masked"
    NOT_DELIVERED = "not-delivered"
    NO_PAST = "no-past"
    COLUMN_MISSING = "column-missing"
    REFERENCE_MISSING = "reference-missing"


ASKS_NOTHING: Final = frozenset({Reason.MASKED, Reason.NOT_DELIVERED, Reason.NO_PAST})


@dataclass(frozen=True)
class Described:
    """What is known of a column: codes for what is not known, and codes that say something."""

    missing: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Circumstances:
    """What a table is measured against besides itself.

    `arrived` is the day it came; `past` the rows of tables before it, newest first. `altered` are
    columns whose values a mask has changed, `dropped` those it has left out. `reference` opens the
    file and names the column that a dataset's rule looks into, or returns None.
    """

    arrived: date
    past: Sequence[int] = ()
    described: Mapping[str, Described] = field(default_factory=dict)
    altered: Collection[str] = ()
    dropped: Collection[str] = ()
    reference: Callable[[str, str], pl.DataFrame | None] = lambda dataset, column: None


@dataclass(frozen=True)
class Finding:
    """What a rule found: so many rows checked, so many failing, some of them by number."""

    rule: Rule
    outcome: Outcome
    checked: int = 0
    failing: int = 0
    examples: tuple[int, ...] = ()
    reason: Reason | None = None

    @property
    def holds(self) -> bool:
        """Return whether the table goes no further because of it."""
        return self.outcome == Outcome.FAILED and self.rule.severity == "blocks"


@dataclass(frozen=True)
class Measured:
    """The findings, in the order of the rules, and how many cells of how many say something.

    Cells are counted in the columns that no mask has altered.
    """

    rows: int
    cells: int
    filled: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Return whether a blocking rule has failed."""
        return any(finding.holds for finding in self.findings)


def measure(
    table: File,
    rules: Sequence[Rule],
    circumstances: Circumstances,
    *,
    most_rows: int | None = None,
) -> Measured:
    """Ask a Parquet file the rules, in one pass over the columns; `most_rows` stops before its end.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        with pq.ParquetFile(_opened(table)) as parquet:
            return _measured(parquet, rules, circumstances, most_rows)
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def reference_keys(table: File, column: str, described: Described) -> pl.DataFrame | None:
    """Return the keys of a column that `exists` looks among; None where the table has it not.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        with pq.ParquetFile(_opened(table)) as parquet:
            if column not in parquet.schema_arrow.names:
                return None
            empty = pl.DataFrame(schema={"first": pl.UInt64, "second": pl.UInt64})
            keys = [
                text_keys(batch, column).select("first", "second").unique()
                for batch in _batches(parquet, [column], {column: described}, None)
            ]
            return pl.concat([empty, *keys]).unique()
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _opened(table: File) -> Any:
    return table if isinstance(table, Path) else pa.PythonFile(table, mode="r")


def _measured(
    parquet: Any, rules: Sequence[Rule], given: Circumstances, most_rows: int | None
) -> Measured:
    names = list(parquet.schema_arrow.names)
    unaltered = [name for name in names if name not in given.altered]
    counters: dict[int, Counter] = {}
    reasons: dict[int, Reason] = {}
    for place, rule in enumerate(rules):
        found = _asked(rule, names, given)
        if isinstance(found, Counter):
            counters[place] = found
        elif found is not None:
            reasons[place] = found
    rows = filled = 0
    for batch in _batches(parquet, unaltered, given.described, most_rows):
        rows += batch.height
        filled += sum(batch.height - int(batch.silent[name].sum()) for name in unaltered)
        for counter in counters.values():
            counter.feed(batch)
    if not unaltered:
        rows = int(parquet.metadata.num_rows)
    findings = []
    for place, rule in enumerate(rules):
        if place in reasons:
            findings.append(_unasked(rule, reasons[place], rows))
        else:
            counted = counters[place].counted() if place in counters else _volume(rows, given.past)
            findings.append(_found(rule, counted))
    return Measured(rows, rows * len(unaltered), filled, tuple(findings))


def _asked(rule: Rule, names: Sequence[str], given: Circumstances) -> Counter | Reason | None:
    """Return what counts a rule, or why nothing can; None for the volume, which needs no cell."""
    if rule.kind == "volume":
        return None if given.past else Reason.NO_PAST
    if set(rule.columns) & set(given.altered):
        return Reason.MASKED
    if any(name not in names for name in rule.columns):
        lost = {name for name in rule.columns if name not in names}
        return Reason.NOT_DELIVERED if lost <= set(given.dropped) else Reason.COLUMN_MISSING
    reference = None
    if rule.kind == "exists":
        reference = given.reference(rule.parameters["dataset"], rule.parameters["column"])
        if reference is None:
            return Reason.REFERENCE_MISSING
    return counter_of(rule, arrived=given.arrived, reference=reference)


def _unasked(rule: Rule, reason: Reason, rows: int) -> Finding:
    """Of what cannot be asked although it should, every row has failed."""
    if reason in ASKS_NOTHING:
        return Finding(rule, Outcome.NOT_APPLICABLE, reason=reason)
    return Finding(rule, Outcome.FAILED, rows, rows, reason=reason)


def _found(rule: Rule, counted: Counted) -> Finding:
    tolerated = rule.tolerance.allows(counted.failing, counted.checked)
    outcome = Outcome.PASSED if tolerated else Outcome.FAILED
    return Finding(rule, outcome, counted.checked, counted.failing, counted.examples)


def _volume(rows: int, past: Sequence[int]) -> Counted:
    """Count how many rows are too many or too few beside the median of the past."""
    median = round(statistics.median(past[:PAST_COUNTED]))
    return Counted(median, abs(rows - median))


def _batches(
    parquet: Any,
    names: Sequence[str],
    described: Mapping[str, Described],
    most_rows: int | None,
) -> Iterator[Batch]:
    if not names:
        return
    start = 0
    for piece in parquet.iter_batches(BATCH_ROWS, columns=list(names), use_threads=False):
        kept = piece if most_rows is None else piece.slice(0, most_rows - start)
        if not len(kept):
            return
        table = pa.Table.from_batches([kept])
        values, unsaid = {}, {}
        for name in names:
            cells = pl.Series(name, table.column(name))
            if isinstance(cells.dtype, pl.Categorical | pl.Enum):
                cells = cells.cast(pl.String)
            about = described.get(name, Described())
            values[name] = cells
            unsaid[name] = silent(cells, missing=about.missing, known=about.known)
        yield Batch(start, len(kept), values, unsaid)
        start += len(kept)
