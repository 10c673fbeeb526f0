"""Run a policy on this machine, streaming from file to file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.crypto import Key, KeyRing
from desensitize.engines.batches import bounded_batches
from desensitize.engines.codebook import EXPLAINED, Explained
from desensitize.engines.drawing import drawn, numbered
from desensitize.engines.generalization import Life, search, write_labels
from desensitize.engines.relay import Progress
from desensitize.engines.shuffling import order_key
from desensitize.engines.workspace import workspace
from desensitize.engines.writing import Written, write_aligned, write_release, write_shuffled
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.privacy import Anonymization, Recoding
from desensitize.tables.disk import disk_refusal, write_refusal

STEPS = ("read", "search", "write", "check", "done")
SEARCHED = 0.3


@dataclass(frozen=True)
class RunResult:
    """Report a finished run.

    `undrawn_rows` were not in the sample, where the policy draws one. `suppressed_rows` were left
    out by the search; `suppressed_cells` counts for each column the values among
    the written rows that its mask or hierarchy could not handle: they became null or “*”.
    `loss` and `levels` are those of the search, 0 and empty without one. `sha256`, `bytes` and
    `columns` are of the written file, `codebook` says what they mean. `hidden` names the columns
    that the search had to make “*” in every row. `recoding` is by what later
    tables take the same labels, where they were to last.
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
    codebook: dict[str, Any]
    hidden: tuple[str, ...] = ()
    recoding: Recoding | None = None


@bounded_batches()
def run_policy(
    source: Path | pl.LazyFrame,
    target: Path,
    policy: Policy,
    *,
    keys: KeyRing | None,
    work: Path,
    progress: Progress | None = None,
    explained: Explained = EXPLAINED,
    life: Life | None = None,
    aligned: Path | None = None,
) -> RunResult:
    """Mask, generalize and write a Parquet file; the target appears whole or not at all.

    Where the policy shuffles, the rows leave in an order that the keys give them: another for each
    recipient and release of the key ring, and without one another for each run.
    `source` is a Parquet file, or a query that reads a table in a fixed order, such as
    `polars.scan_csv`; whoever gives a query vouches for how it reads its file.
    `progress(share, step)` is called on this thread with a step of STEPS; it may raise to cancel,
    and the exception goes on to the caller. `explained` says what people have written of the
    columns: it goes into the fields of the file and into the codebook. `life` asks for labels that
    last, or hands in those in force. To `aligned` the same rows are written in the order of the
    source, each with its number, for whoever judges them. Intermediate files live in a folder of
    their own under `work`.

    Raises:
        DesensitizeError: the policy does not fit the table, or cannot be reached.
        TableError: `unreadable-table` or `write-failed`.
    """
    tell = progress or _silent
    tell(0.0, "read")
    with _refusals():
        table = source if isinstance(source, pl.LazyFrame) else pl.scan_parquet(source)
        schema = table.collect_schema()
        policy.validate(schema.names())
        policy.refuse_drawn()
        order, rows_read = order_key(policy, keys), _count(table)
        table = drawn(table, policy, keys)
        with workspace(work) as folder:
            tell(0.05, "search")
            present = _count(table) if policy.draws_rows else rows_read
            found = search(table, policy, life)
            labels = None if found is None else write_labels(found, folder / "labels.parquet")
            if aligned is not None:
                table = numbered(table)
                write_aligned(table, aligned, policy, schema=schema, keys=keys, labels=labels)
            tell(SEARCHED, "write")
            written = _writer(order, folder)(
                table,
                target,
                policy,
                schema=schema,
                keys=keys,
                labels=labels,
                rows=present - (found.suppressed_rows if found else 0),
                tell=lambda share, step: tell(SEARCHED + (1 - SEARCHED) * share, step),
                explained=explained,
            )
    return _result(written, found, rows_read=rows_read, undrawn_rows=rows_read - present)


@contextmanager
def _refusals() -> Iterator[None]:
    """Word what a table or a disk refuses."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable-table") from error
    except FileNotFoundError as error:
        raise TableError("file-missing") from error
    except OSError as error:
        raise write_refusal(error) from error


def _writer(order: Key | None, folder: Path) -> Callable[..., Written]:
    """Return what writes the rows, as they came or in the order of a key."""
    return write_release if order is None else partial(write_shuffled, order=order, work=folder)


def _result(
    written: Written, found: Anonymization | None, *, rows_read: int, undrawn_rows: int
) -> RunResult:
    info = written.info
    return RunResult(
        rows_read=rows_read,
        rows_written=info.rows,
        undrawn_rows=undrawn_rows,
        suppressed_rows=found.suppressed_rows if found else 0,
        suppressed_cells=written.lost | (found.uncovered if found else {}),
        loss=found.loss if found else 0.0,
        levels=found.levels if found else {},
        sha256=info.sha256,
        bytes=info.bytes,
        columns=tuple(column.name for column in info.columns),
        codebook=written.book,
        hidden=found.hidden if found else (),
        recoding=found.recoding if found else None,
    )


def _count(table: pl.LazyFrame) -> int:
    return int(table.select(pl.len()).collect(engine="streaming").item())


def _silent(share: float, step: str) -> None:
    """Say nothing."""
