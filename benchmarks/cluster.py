"""Compare two dask processes with one machine: python -m benchmarks.cluster."""

import shutil
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from statistics import median

import polars as pl
from distributed import Client, LocalCluster

from benchmarks.figures import Figure, say
from benchmarks.invented import CHUNK_ROWS, invented_parquet
from benchmarks.masking import POLICIES
from desensitize.crypto import KeyRing
from desensitize.engines import KeyFile, load_adapter, run_policy

SHARDS = 8


def main() -> None:
    """Measure and say the figure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    folder: Path = given.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    whole = invented_parquet(folder, given.rows)
    shards = _shards(whole, folder / f"shards-{given.rows}", given.rows)
    key = folder / "key"
    key.write_bytes(bytes(range(32)))
    policy = replace(POLICIES["hmac"], order="source")
    ratios = []
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            memory_limit=None,
        ) as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(2)
        # The first round warms the workers up and does not count.
        for number in range(given.rounds + 1):
            started = time.perf_counter()
            run_policy(
                whole,
                folder / "result.parquet",
                policy,
                keys=KeyRing.from_file(key),
                work=folder,
            )
            local = time.perf_counter() - started
            shutil.rmtree(folder / "parts", ignore_errors=True)
            started = time.perf_counter()
            load_adapter("dask").run_policy(
                shards, folder / "parts", policy, client=client, key_file=KeyFile(key)
            )
            if number:
                ratios.append((time.perf_counter() - started) / local)
    note = f"{given.rows:,} × 12 in {len(shards)} shards"
    say(Figure("two dask processes, by one machine", median(ratios), 1.2, note=note))


def _shards(whole: Path, folder: Path, rows: int) -> list[Path]:
    size = max(1, -(-rows // SHARDS))
    if not folder.exists():
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for number, start in enumerate(range(0, rows, size)):
            part = pl.scan_parquet(whole).slice(start, size)
            part.sink_parquet(partial / f"{number:02d}.parquet", row_group_size=CHUNK_ROWS)
        partial.rename(folder)
    return sorted(folder.glob("*.parquet"))


if __name__ == "__main__":
    main()
