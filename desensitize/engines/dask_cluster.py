"""Run a policy on the workers of a `dask.distributed` cluster, one shard a task.

The only file that imports `distributed`, an extra that not everybody installs: load it by
`desensitize.engines.load_adapter("dask")`.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
from distributed import Client, as_completed, wait

from desensitize.crypto.keys import MASTER_BYTES
from desensitize.engines.generalization import Labels
from desensitize.engines.relay import Progress
from desensitize.engines.shards import (
    KeyFile,
    Part,
    ScatteredShard,
    Shard,
    ShardResult,
    check_shards,
    count_shard,
    gather_part,
    mask_shard,
    scatter_shard,
    search_shards,
)
from desensitize.engines.shuffling import bucket_count, row_octets, run_rows
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.privacy import Anonymization
from desensitize.tables.disk import write_refusal

COUNTED, SCATTERED, WRITTEN = 0.3, 0.65, 0.95
STOPPED = "stopped"


@dataclass(frozen=True)
class ClusterResult:
    """Report a finished run; the figures are as `RunResult`'s, of all shards together.

    `shards` are the files of the result.
    """

    rows_read: int
    rows_written: int
    undrawn_rows: int
    suppressed_rows: int
    suppressed_cells: dict[str, int]
    loss: float
    levels: dict[str, dict[int, int]]
    shards: tuple[Part, ...]
    hidden: tuple[str, ...] = ()


def run_policy(
    sources: Sequence[Path],
    target: Path,
    policy: Policy,
    *,
    client: Client,
    key_file: KeyFile | None = None,
    progress: Progress | None = None,
) -> ClusterResult:
    """Mask the shards of a table into the new folder `target`; it appears whole or not at all.

    All parts together, in the order of their names, are what one machine would write. Where the
    policy keeps the order of the source, part N comes from source N; else each holds rows of all,
    and between two passes the masked rows lie unpacked beside the target. All workers must see the
    same files under the same names, the key file too. `progress` is as for one machine and may
    raise to cancel.

    Raises:
        DesensitizeError: as `check_shards`, or what the search raises.
        TableError: `target-exists`, `file-missing`, `unreadable-table` or `write-failed`.
    """
    tell = progress or _silent
    tell(0.0, "read")
    if target.exists():
        raise TableError("target-exists")
    shards = check_shards(sources, policy)
    plain = policy.to_dict()
    try:
        with workspace(target.parent) as folder:
            tell(0.05, "search")
            found = labels = None
            if policy.generalized:
                tasks = [(count_shard, each, plain, key_file) for each in shards]
                counts = gathered(client, folder / STOPPED, tasks, _from(tell, 0.05, COUNTED))
                schema = pl.scan_parquet(sources[0]).collect_schema()
                found, labels = search_shards(counts, policy, schema, folder / "labels.parquet")
            tell(COUNTED, "write")
            (parts := folder / "parts").mkdir()
            run = _Run(client, folder, parts, plain, key_file, labels, tell)
            masked, written = run.shuffled(shards) if policy.shuffles else run.masked(shards)
            tell(0.95, "check")
            rows = sum(each.rows_drawn for each in masked)
            suppressed = found.suppressed_rows if found else 0
            if sum(each.rows for each in written) != rows - suppressed:
                raise TableError("unreadable-table")
            tell(1.0, "done")
            parts.rename(target)
    except OSError as error:
        raise write_refusal(error) from error
    rows_read = sum(each.rows_read for each in masked)
    return ClusterResult(
        rows_read=rows_read,
        rows_written=rows - suppressed,
        undrawn_rows=rows_read - rows,
        suppressed_rows=suppressed,
        suppressed_cells=_lost(masked, found.uncovered if found else {}),
        **_found(found),
        shards=tuple(replace(each, path=target / each.path.name) for each in written),
    )


def _found(found: Anonymization | None) -> dict[str, Any]:
    """Return what is told of a search, if there was one."""
    if found is None:
        return {"loss": 0.0, "levels": {}}
    return {"loss": found.loss, "levels": found.levels, "hidden": found.hidden}


def _from(tell: Progress, low: float, high: float) -> Callable[[float], None]:
    """Return what tells the share of the search, of which the whole run is as far as `high`."""
    return lambda share: tell(low + (high - low) * share, "search")


def _lost(
    masked: Sequence[ShardResult | ScatteredShard], uncovered: Mapping[str, int]
) -> dict[str, int]:
    """Add up by column the cells that were lost in any shard or covered by no hierarchy."""
    lost = dict(uncovered)
    for each in masked:
        for name, count in each.lost.items():
            lost[name] = lost.get(name, 0) + count
    return lost


@dataclass(frozen=True)
class _Run:
    """Send the tasks that write: one a shard, or two passes over all of them."""

    client: Client
    folder: Path
    parts: Path
    policy: dict[str, Any]
    key_file: KeyFile | None
    labels: Labels | None
    tell: Progress

    def masked(self, shards: Sequence[Shard]) -> tuple[list[ShardResult], list[Part]]:
        """Mask each shard into a part of its own."""
        masked: list[ShardResult] = self._all(
            [
                (mask_shard, shard, self._path(number), self.policy, self.key_file, self.labels)
                for number, shard in enumerate(shards)
            ],
            COUNTED,
            WRITTEN,
        )
        return masked, [each.part for each in masked]

    def shuffled(self, shards: Sequence[Shard]) -> tuple[list[ScatteredShard], list[Part]]:
        """Scatter the rows of all shards, and gather them into as many parts."""
        rows = sum(shard.rows for shard in shards)
        octets = row_octets(pl.scan_parquet(shards[0].source))
        buckets = max(bucket_count(rows, octets), len(shards))
        order = self.key_file or self._drawn_order()
        given = (self.policy, order, run_rows(rows, octets), buckets, self.key_file, self.labels)
        scattered: list[ScatteredShard] = self._all(
            [
                (scatter_shard, shard, self.folder / f"runs-{number:05d}", *given)
                for number, shard in enumerate(shards)
            ],
            COUNTED,
            SCATTERED,
        )
        schema = scattered[0].schema
        runs = tuple(run for each in scattered for run in each.runs)
        borders = [number * buckets // len(shards) for number in range(len(shards) + 1)]
        parts: list[Part] = self._all(
            [
                (gather_part, runs, self._path(number), self.policy, first, last, buckets, schema)
                for number, (first, last) in enumerate(pairwise(borders))
            ],
            SCATTERED,
            WRITTEN,
        )
        return scattered, parts

    def _all(self, tasks: Sequence[tuple[Any, ...]], start: float, end: float) -> list[Any]:
        return gathered(
            self.client,
            self.folder / STOPPED,
            tasks,
            lambda share: self.tell(start + (end - start) * share, "write"),
        )

    def _path(self, number: int) -> Path:
        return self.parts / f"part-{number:05d}.parquet"

    def _drawn_order(self) -> KeyFile:
        # Nobody else may read the folder, and it goes away with the run.
        path = self.folder / "order"
        path.write_bytes(secrets.token_bytes(MASTER_BYTES))
        return KeyFile(path)


def gathered(
    client: Client,
    stopped: Path,
    tasks: Sequence[tuple[Any, ...]],
    tell: Callable[[float], None],
) -> list[Any]:
    """Run the tasks, each a function and its arguments, and answer their results in order.

    When `tell` or a task raises, the tasks that run are awaited and the others never begin: the
    file `stopped` is made and tells them.
    """
    futures = [client.submit(_unless_stopped, stopped, *task, pure=False) for task in tasks]
    try:
        for number, _ in enumerate(as_completed(futures), start=1):
            tell(number / len(futures))
        return list(client.gather(futures))
    except BaseException:
        # A cancelled future counts as done while its task still writes into a folder that is about
        # to go. So nothing is cancelled: what has not begun finds the mark, what runs is awaited.
        stopped.touch()
        wait(futures)
        raise


def _unless_stopped(stopped: Path, task: Callable[..., Any], *arguments: Any) -> Any:
    return None if stopped.exists() else task(*arguments)


def _silent(share: float, step: str) -> None:
    """Say nothing."""
