"""Run a policy on this machine, streaming from file to file."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.engines.drawing import ROW, context_of, drawn
from desensitize.engines.generalization import search, with_labels
from desensitize.engines.publication import published
from desensitize.engines.relay import Progress, write_with_progress
from desensitize.engines.tally import Tally
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.privacy import Anonymization
from desensitize.tables import TableInfo, describe
from desensitize.tables.disk import disk_refusal, write_refusal

STEPS = ("read", "search", "write", "check", "done")
SEARCHED = 0.3
WRITTEN = 0.95
# These cannot fail on a value.
UNCOUNTED = ("keep", "drop", "constant")


@dataclass(frozen=True)
class RunResult:
    """Report a finished run.

    `undrawn_rows` were not in the sample, where the policy draws one. `suppressed_rows` were left
    out by the search; `suppressed_cells` counts for each column the values among
    the written rows that its mask or hierarchy could not handle: they became null or “*”.
    `loss` and `levels` are those of the search, 0 and empty without one. `sha256`, `bytes` and
    `columns` are of the written file.
    """

    rows_read: int
    rows_written: int
    undrawn_rows: int
    suppressed_rows: int
    suppressed_cells: dict[str, int]
    loss: float
    levels: dict[str, dict[int, int]]
    sha256: str
    bytes: int
    columns: tuple[str, ...]


def run_policy(
    source: Path,
    target: Path,
    policy: Policy,
    *,
    keys: KeyRing | None,
    work: Path,
    progress: Progress | None = None,
) -> RunResult:
    """Mask, generalize and write a Parquet file; the target appears whole or not at all.

    `progress(share, step)` is called on this thread with a step of STEPS; it may raise to cancel,
    and the exception goes on to the caller. Intermediate files live in a folder of their own under
    `work`.

    Raises:
        DesensitizeError: the policy does not fit the table, or cannot be reached.
        TableError: `unreadable_table` or `write_failed`.
    """
    tell = progress or _silent
    tell(0.0, "read")
    try:
        table = pl.scan_parquet(source)
        schema = table.collect_schema()
        policy.validate(schema.names())
        rows_read = table.select(pl.len()).collect().item()
        table = drawn(table, policy, keys)
        with workspace(work) as folder:
            tell(0.05, "search")
            present = _count(table) if policy.draws_rows else rows_read
            found = search(table, policy)
            kept = table if found is None else with_labels(table, found, folder)
            tell(SEARCHED, "write")
            tally = Tally()
            masked = masked_columns(
                kept, policy, keys, schema, labelled=found is not None, tally=tally
            )
            rows = present - (found.suppressed_rows if found else 0)

            def relay(share: float, step: str) -> None:
                tell(SEARCHED + (WRITTEN - SEARCHED) * share, step)

            with published(target) as temporary:
                write_with_progress(
                    masked, temporary, rows=rows, progress=relay, message="write", tally=tally
                )
                tell(WRITTEN, "check")
                cells = tally.suppressed | (found.uncovered if found else {})
                info = describe(temporary)
                if info.rows != rows:
                    raise TableError("unreadable_table")
                # The last moment to cancel: after it the file is there.
                tell(1.0, "done")
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable_table") from error
    except FileNotFoundError as error:
        raise TableError("file_missing") from error
    except OSError as error:
        raise write_refusal(error) from error
    return _result(rows_read, rows_read - present, info, cells, found)


def masked_columns(
    table: pl.LazyFrame,
    policy: Policy,
    keys: KeyRing | None,
    schema: pl.Schema,
    *,
    labelled: bool,
    tally: Tally,
) -> pl.LazyFrame:
    """Answer the query of the release; `labelled` says that the search's labels are joined."""
    generalized = {rule.name for rule in policy.generalized} if labelled else set()
    expressions: list[pl.Expr] = []
    numbered = ROW in table.collect_schema()
    for name in schema:
        rule = policy.rule(name)
        if name in generalized:
            expressions.append(pl.col(name))
            continue
        context = context_of(name, schema, keys, numbered=numbered)
        masked = rule.make_mask().expression(pl.col(name), context)
        if masked is None:
            continue
        if rule.mask not in UNCOUNTED:
            made = table.select(masked.alias(name)).collect_schema()[name]
            masked = tally.watched(name, pl.col(name), masked, made)
        expressions.append(masked.alias(name))
    return table.select(expressions)


def _count(table: pl.LazyFrame) -> int:
    return int(table.select(pl.len()).collect(engine="streaming").item())


def _result(
    rows_read: int,
    undrawn_rows: int,
    info: TableInfo,
    cells: dict[str, int],
    found: Anonymization | None,
) -> RunResult:
    return RunResult(
        rows_read=rows_read,
        rows_written=info.rows,
        undrawn_rows=undrawn_rows,
        suppressed_rows=found.suppressed_rows if found else 0,
        suppressed_cells=cells,
        loss=found.loss if found else 0.0,
        levels=found.levels if found else {},
        sha256=info.sha256,
        bytes=info.bytes,
        columns=tuple(column.name for column in info.columns),
    )


def _silent(share: float, step: str) -> None:
    """Say nothing."""
