"""Run a policy over a table that lies in several Parquet files, one file a task.

Nothing here knows an engine: a task is a function of plain values that can be sent anywhere and
sees only its own shard. Any scheduler can run the two maps and the step between them:

1. `check_shards` on the driver, then `count_shard` for each shard;
2. `search_shards` on the driver, which adds the counts up, searches and writes the labels;
3. `mask_shard` for each shard; or, where the policy shuffles, `scatter_shard` for each shard and
   `gather_part` for each part of the result, which holds rows of all shards.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.engines.batches import bounded_batches
from desensitize.engines.codebook import EXPLAINED
from desensitize.engines.drawing import drawn
from desensitize.engines.generalization import (
    Labels,
    counted_for,
    merged,
    search_counted,
    write_labels,
)
from desensitize.engines.shuffling import Cut, Spilled, gathered_rows
from desensitize.engines.writing import gather, scatter, write_release
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import Policy
from desensitize.privacy import Anonymization, CountedTuples
from desensitize.tables import TableInfo
from desensitize.tables.disk import disk_refusal, write_refusal


@dataclass(frozen=True)
class KeyFile:
    """Say where a task finds the master key. Plans hold this, never the key."""

    path: Path
    dataset: str = ""
    recipient: str = ""
    release: str = ""

    def key_ring(self) -> KeyRing:
        """Read the key.

        Raises:
            DesensitizeError: `bad-key`.
        """
        return KeyRing.from_file(
            self.path, dataset=self.dataset, recipient=self.recipient, release=self.release
        )


@dataclass(frozen=True)
class Shard:
    """Name one file of a table; its first row is row `first_row` of the whole."""

    source: Path
    first_row: int
    rows: int


@dataclass(frozen=True)
class Part:
    """Describe one written file of a result."""

    path: Path
    rows: int
    sha256: str
    bytes: int


@dataclass(frozen=True)
class ShardResult:
    """Report a masked shard; as `RunResult`, of this shard alone. `part` is the file of it."""

    rows_read: int
    rows_drawn: int
    lost: dict[str, int]
    part: Part


@dataclass(frozen=True)
class ScatteredShard:
    """Report a shard whose masked rows lie in runs; as `RunResult`, of this shard alone."""

    rows_read: int
    rows_drawn: int
    lost: dict[str, int]
    rows_scattered: int
    runs: tuple[Path, ...]
    schema: pl.Schema


def check_shards(sources: Sequence[Path], policy: Policy) -> tuple[Shard, ...]:
    """Check that a policy can be run shard by shard, and number the rows through.

    Raises:
        DesensitizeError: the policy does not fit the table; `whole-column-sharded` for a mask that
            needs all values of its column at once.
        TableError: `shards-differ`, `file-missing` or `unreadable-table`.
    """
    for rule in policy.columns:
        if rule.make_mask().description.whole_column:
            raise DesensitizeError("whole-column-sharded", mask=rule.mask, column=rule.name)
    if not sources:
        raise TableError("file-missing")
    shards, rows, schema = [], 0, None
    for position, source in enumerate(sources, start=1):
        _, found, count = _opened(source)
        if schema is None:
            schema = found
            policy.validate(schema.names())
            policy.refuse_drawn()
        elif found != schema:
            raise TableError("shards-differ", position=position)
        shards.append(Shard(source, rows, count))
        rows += count
    return tuple(shards)


@bounded_batches()
def count_shard(
    shard: Shard, policy: dict[str, Any], key_file: KeyFile | None = None
) -> CountedTuples | None:
    """Count in one shard what the search looks at; None for a policy without a search.

    `policy` is what `Policy.to_dict` answers.

    Raises:
        DesensitizeError: a mask refuses its column.
        TableError: `file-missing` or `unreadable-table`.
    """
    rules, keys = Policy.from_dict(policy), None if key_file is None else key_file.key_ring()
    table, _, _ = _opened(shard.source)
    try:
        return counted_for(drawn(table, rules, keys, first_row=shard.first_row), rules)
    except pl.exceptions.PolarsError as error:
        raise TableError("unreadable-table") from error


def search_shards(
    counts: Sequence[CountedTuples], policy: Policy, schema: pl.Schema, path: Path
) -> tuple[Anonymization, Labels]:
    """Add up the counts of all shards, search, and write the labels where the tasks can read them.

    Raises:
        DesensitizeError: what the search raises.
    """
    found = search_counted(merged(counts), policy, schema)
    return found, write_labels(found, path)


@bounded_batches()
def mask_shard(
    shard: Shard,
    target: Path,
    policy: dict[str, Any],
    key_file: KeyFile | None = None,
    labels: Labels | None = None,
) -> ShardResult:
    """Mask one shard, in its order, into a file of its own, which appears whole or not at all.

    Raises:
        DesensitizeError: a mask refuses its column.
        TableError: `file-missing`, `unreadable-table` or `write-failed`.
        ValueError: the policy shuffles, which no task can do that sees one shard.
    """
    rules, keys = Policy.from_dict(policy), None if key_file is None else key_file.key_ring()
    if rules.shuffles:
        raise ValueError("The policy shuffles its rows: scatter the shards and gather the parts.")
    with _refusals():
        table, schema, rows_read, rows_drawn = _drawn(shard, rules, keys)
        written = write_release(
            table,
            target,
            rules,
            schema=schema,
            keys=keys,
            labels=labels,
            rows=rows_drawn if labels is None else None,
            tell=_silent,
        )
    return ShardResult(rows_read, rows_drawn, written.lost, _part(target, written.info))


@bounded_batches()
def scatter_shard(
    shard: Shard,
    folder: Path,
    policy: dict[str, Any],
    order: KeyFile,
    run: int,
    buckets: int,
    key_file: KeyFile | None = None,
    labels: Labels | None = None,
) -> ScatteredShard:
    """Mask one shard into runs in a new folder, which `gather_part` reads.

    `order` holds the key of the order of rows, and is the same for all shards; a run has `run`
    rows at most and is cut into so many buckets, also the same for all.

    Raises:
        DesensitizeError: a mask refuses its column.
        TableError: `file-missing`, `unreadable-table` or `write-failed`.
    """
    rules, keys = Policy.from_dict(policy), None if key_file is None else key_file.key_ring()
    with _refusals():
        folder.mkdir()
        table, schema, rows_read, rows_drawn = _drawn(shard, rules, keys)
        done = scatter(
            table,
            folder,
            rules,
            schema=schema,
            keys=keys,
            labels=labels,
            rows=rows_drawn,
            order=order.key_ring().order_handle(),
            # Kept in memory they would not reach the tasks that gather them.
            cut=Cut(run, buckets),
            tell=_silent,
        )
    assert isinstance(done.found, Spilled)
    runs = done.found.runs
    return ScatteredShard(
        rows_read, rows_drawn, done.lost, sum(runs.values()), tuple(runs), done.schema
    )


@bounded_batches()
def gather_part(
    runs: Sequence[Path],
    target: Path,
    policy: dict[str, Any],
    first_bucket: int,
    last_bucket: int,
    buckets: int,
    schema: pl.Schema,
) -> Part:
    """Write what the runs of all shards hold in some of so many buckets, the last not among them.

    Raises:
        TableError: `unreadable-table` or `write-failed`.
    """
    with _refusals():
        info = gather(
            partial(gathered_rows, runs, range(first_bucket, last_bucket), buckets, schema),
            target,
            schema=schema,
            book=EXPLAINED(Policy.from_dict(policy), schema),
            rows=None,
            tell=_silent,
        )
    return _part(target, info)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise disk_refusal(error) or TableError("unreadable-table") from error
    except OSError as error:
        raise write_refusal(error) from error


def _part(target: Path, info: TableInfo) -> Part:
    return Part(target, info.rows, info.sha256, info.bytes)


def _drawn(
    shard: Shard, rules: Policy, keys: KeyRing | None
) -> tuple[pl.LazyFrame, pl.Schema, int, int]:
    """Return the drawn rows of a shard, its schema, and how many rows are read and drawn."""
    table, schema, rows_read = _opened(shard.source)
    table = drawn(table, rules, keys, first_row=shard.first_row)
    rows_drawn = rows_read
    if rules.draws_rows:
        rows_drawn = int(table.select(pl.len()).collect(engine="streaming").item())
    return table, schema, rows_read, rows_drawn


def _opened(source: Path) -> tuple[pl.LazyFrame, pl.Schema, int]:
    try:
        table = pl.scan_parquet(source)
        return table, table.collect_schema(), int(table.select(pl.len()).collect().item())
    except FileNotFoundError as error:
        raise TableError("file-missing") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _silent(share: float, step: str) -> None:
    """Say nothing."""
