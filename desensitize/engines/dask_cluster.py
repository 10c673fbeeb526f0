"""Run a policy on the workers of a `dask.distributed` cluster, one shard a task.

The only file that imports `distributed`, an extra that not everybody installs: load it by
`desensitize.engines.load_adapter("dask")`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
from distributed import Client, as_completed, wait

from desensitize.engines.relay import Progress
from desensitize.engines.shards import (
    KeyFile,
    ShardResult,
    check_shards,
    count_shard,
    mask_shard,
    search_shards,
)
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.tables.disk import write_refusal

COUNTED = 0.3
STOPPED = "stopped"


@dataclass(frozen=True)
class ClusterResult:
    """Report a finished run; the figures are as `RunResult`'s, of all shards together."""

    rows_read: int
    rows_written: int
    undrawn_rows: int
    suppressed_rows: int
    suppressed_cells: dict[str, int]
    loss: float
    levels: dict[str, dict[int, int]]
    shards: tuple[ShardResult, ...]


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

    Shards keep their order: part N of the folder comes from source N, and all parts together are
    what one machine would write. All workers must see the same files under the same names, the key
    file too. `progress` is as for one machine and may raise to cancel.

    Raises:
        DesensitizeError: as `check_shards`, or what the search raises.
        TableError: `target_exists`, `file_missing`, `unreadable_table` or `write_failed`.
    """
    tell = progress or _silent
    tell(0.0, "read")
    if target.exists():
        raise TableError("target_exists")
    shards = check_shards(sources, policy)
    plain = policy.to_dict()
    try:
        with workspace(target.parent) as folder:
            tell(0.05, "search")
            found = labels = None
            if policy.generalized:
                counts = gathered(
                    client,
                    folder / STOPPED,
                    [(count_shard, each, plain, key_file) for each in shards],
                    lambda share: tell(0.05 + (COUNTED - 0.05) * share, "search"),
                )
                schema = pl.scan_parquet(sources[0]).collect_schema()
                found, labels = search_shards(counts, policy, schema, folder / "labels.parquet")
            tell(COUNTED, "write")
            parts = folder / "parts"
            parts.mkdir()
            written: list[ShardResult] = gathered(
                client,
                folder / STOPPED,
                [
                    (
                        mask_shard,
                        shard,
                        parts / f"part-{number:05d}.parquet",
                        plain,
                        key_file,
                        labels,
                    )
                    for number, shard in enumerate(shards)
                ],
                lambda share: tell(COUNTED + (0.95 - COUNTED) * share, "write"),
            )
            tell(0.95, "check")
            rows = sum(each.rows_drawn for each in written)
            suppressed = found.suppressed_rows if found else 0
            if sum(each.rows_written for each in written) != rows - suppressed:
                raise TableError("unreadable_table")
            tell(1.0, "done")
            parts.rename(target)
    except OSError as error:
        raise write_refusal(error) from error
    lost: dict[str, int] = dict(found.uncovered) if found else {}
    for each in written:
        for name, count in each.lost.items():
            lost[name] = lost.get(name, 0) + count
    rows_read = sum(each.rows_read for each in written)
    return ClusterResult(
        rows_read=rows_read,
        rows_written=rows - suppressed,
        undrawn_rows=rows_read - rows,
        suppressed_rows=suppressed,
        suppressed_cells=lost,
        loss=found.loss if found else 0.0,
        levels=found.levels if found else {},
        shards=tuple(replace(each, path=target / each.path.name) for each in written),
    )


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
