"""Put the rows of a release into an order of their own, in two passes over files.

The first pass writes the masked rows as runs, each sorted by a number that the key and the row's
number in the source give each row; the second merges what all runs hold of one stretch of these
numbers after the other. Where runs and stretches end changes nothing.
"""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from desensitize.crypto import Key, KeyRing
from desensitize.crypto.keys import MASTER_BYTES
from desensitize.crypto.row_random import row_words
from desensitize.engines.batches import BATCH_ROWS
from desensitize.engines.drawing import ROW
from desensitize.engines.runs import Rooms, Run, merged, write_run
from desensitize.engines.tally import Tally
from desensitize.policy import Policy

RUN_ROWS = BATCH_ROWS
"""A run of one batch is sorted where it lies; several have to be joined first."""
FEW_RUNS = 200
"""Up to so many runs, what the system maps around each piece of theirs stays small."""
MOST_RUNS = 900
"""All runs of a table are open at once, and a process may often open no more than 1,024 files."""
BUCKET_ROWS = 200_000
"""Each piece that a run has in a bucket costs by itself."""
NUMBERS = 2**64
MOST_BUCKETS = 2**16


def order_key(policy: Policy, keys: KeyRing | None) -> Key | None:
    """Return the key of the order of rows; None where they stay as they came.

    Without a key ring the key is drawn for this run and forgotten.
    """
    if not policy.shuffles:
        return None
    return Key(secrets.token_bytes(MASTER_BYTES)) if keys is None else keys.order_handle()


def bucket_count(rows: int) -> int:
    """Return into how many buckets a table is cut, so that one fits into memory."""
    return min(MOST_BUCKETS, max(1, -(-rows // BUCKET_ROWS)))


def run_rows(rows: int) -> int:
    """Return how many rows of a table of so many a run has."""
    batches = 1 if rows <= FEW_RUNS * RUN_ROWS else 2
    return RUN_ROWS * max(batches, -(-rows // (RUN_ROWS * MOST_RUNS)))


def scattered(query: pl.LazyFrame, folder: Path, *, order: Key, run: int) -> dict[Path, int]:
    """Write the rows of a query, which carry their number as ROW, as runs into a folder.

    A run has `run` rows at most. Return the runs with the rows of each.

    Raises:
        OSError: the disk refuses.
    """
    runs: dict[Path, int] = {}

    def write(batch: pl.DataFrame) -> None:
        if batch.is_empty():
            return
        # An encrypted row number has two words; the second parts what the first does not.
        words = row_words(batch[ROW], order.reveal())
        by_number = np.argsort(words[:, 0])
        # In one piece, since rows gathered from many pieces take longer and hold all of them.
        rows = batch.drop(ROW).rechunk()[pl.Series(by_number.astype(np.uint32))]
        path = folder / f"run-{len(runs):05d}.arrow"
        write_run(rows, words[by_number], path)
        runs[path] = rows.height

    # The engine waits while a run is written, so that it reads no further ahead than memory allows.
    query.sink_batches(write, chunk_size=run, maintain_order=False, engine="streaming")
    return runs


def gathered_rows(
    runs: Sequence[Path], buckets: range, of: int, schema: pl.Schema, tally: Tally
) -> pl.LazyFrame:
    """Return a query of the rows of some of so many buckets, in their order.

    `tally` hears of them.
    """

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        opened, rooms = [Run(run) for run in runs], Rooms()
        for number in buckets:
            first, last = _border(number, of), _border(number + 1, of) - 1
            frame = merged(opened, first, last, schema, rooms)
            for part in frame.iter_slices(BATCH_ROWS):
                tally.passed(part.height)
                yield part if columns is None else part.select(columns)
            for run in opened:
                run.release()

    return register_io_source(read, schema=schema, is_pure=True)


def _border(number: int, of: int) -> int:
    """Return the first number of a bucket."""
    return -(-number * NUMBERS // of)
