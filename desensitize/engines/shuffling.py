"""Put the rows of a release into an order of their own, in two passes over files.

The key and a row's number in the source give each row a number, by which the rows are sorted. The
first pass writes the masked rows as runs, each cut into the same stretches of these numbers; the
second merges what all runs hold of one stretch after the other. Where runs and stretches end
changes nothing, nor whether the rows are few enough to stay in memory.
"""

import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.io.plugins import register_io_source

from desensitize.crypto import Key, KeyRing
from desensitize.crypto.keys import MASTER_BYTES
from desensitize.crypto.row_random import row_words
from desensitize.engines.batches import BATCH_ROWS, reading_ahead
from desensitize.engines.drawing import ROW
from desensitize.engines.runs import Layout, Rooms, Rows, Runs, ordered, write_run
from desensitize.engines.tally import Tally
from desensitize.policy import Policy

RUN_ROWS = BUCKET_ROWS = 100_000
"""Each piece that a run has in a bucket is read by itself."""
PART_OCTETS = 32_000_000
"""Of rows with long texts, runs and buckets have fewer."""
FIRST_ROWS = 1_000
MOST_RUNS = 900
"""All runs of a table are open at once, and a process may often open no more than 1,024 files."""
MOST_BUCKETS = 2**16
KEPT_ROWS, KEPT_OCTETS = 2_000_000, 180_000_000
"""So many rows stay in memory if they take no more; polars counts texts without their views."""


def order_key(policy: Policy, keys: KeyRing | None) -> Key | None:
    """Return the key of the order of rows; None where they stay as they came.

    Without a key ring the key is drawn for this run and forgotten.
    """
    if not policy.shuffles:
        return None
    return Key(secrets.token_bytes(MASTER_BYTES)) if keys is None else keys.order_handle()


def row_octets(table: pl.LazyFrame) -> int:
    """Return how many octets a row takes, by the first ones."""
    first = table.head(FIRST_ROWS).collect(engine="streaming")
    return -(-int(first.estimated_size()) // max(1, first.height))


def bucket_count(rows: int, octets: int) -> int:
    """Return into how many buckets a table is cut, so that some fit into memory.

    `octets` is how many a row takes.
    """
    most = min(BUCKET_ROWS, max(1, PART_OCTETS // max(1, octets)))
    return min(MOST_BUCKETS, max(1, -(-rows // most)))


def run_rows(rows: int, octets: int) -> int:
    """Return how many rows of a table of so many a run has; `octets` is how many a row takes."""
    most = min(RUN_ROWS, max(1, PART_OCTETS // max(1, octets)))
    return most * max(1, -(-rows // (most * MOST_RUNS)))


@dataclass(frozen=True)
class Cut:
    """Say how the rows of a table are cut.

    A run has `run` rows at most, and is cut into so many buckets. Rows that take no more than
    `keep` octets stay in memory.
    """

    run: int
    buckets: int
    keep: int = 0


def cut_of(table: pl.LazyFrame, rows: int) -> Cut:
    """Return how a table of so many rows is cut."""
    if rows <= KEPT_ROWS:
        # To read only the first rows takes as long as to read a row group: it shows soon enough.
        return Cut(BATCH_ROWS, bucket_count(rows, 0), KEPT_OCTETS)
    octets = row_octets(table)
    return Cut(run_rows(rows, octets), bucket_count(rows, octets))


@dataclass(frozen=True)
class Spilled:
    """Name the runs that hold the rows of a release, with the rows of each, and their buckets."""

    runs: dict[Path, int]
    buckets: int


def scattered(query: pl.LazyFrame, folder: Path, *, order: Key, cut: Cut) -> Spilled | pl.DataFrame:
    """Write the rows of a query, which carry their number as ROW, as runs into a folder.

    Or return them all, if they are few.

    Raises:
        OSError: the disk refuses.
    """
    layout = Layout(without_row(query.collect_schema()))
    runs: dict[Path, int] = {}
    kept: list[pl.DataFrame] | None = [] if cut.keep else None
    octets, buckets = 0, cut.buckets
    rooms = Rooms()

    def write(batch: pl.DataFrame, path: Path) -> None:
        # An encrypted row number has two words; the second parts what the first does not.
        words = row_words(batch[ROW], order.reveal())
        numbers = _bucket_of(words[:, 0], buckets)
        write_run(batch.drop(ROW), words, numbers, buckets, path, layout, rooms)

    with ThreadPoolExecutor(1) as writer:
        writing: list[Future[None]] = []

        def to_disk(batch: pl.DataFrame) -> None:
            # The engine masks the next run while one is written, and no further ahead than that. A
            # failure stays, since the engine may still have batches under way.
            if writing:
                writing[0].result()
            path = folder / f"run-{len(runs):05d}"
            writing[:] = [writer.submit(write, batch, path)]
            runs[path] = batch.height

        def hand_over(batch: pl.DataFrame) -> None:
            nonlocal kept, octets, buckets
            if batch.is_empty():
                return
            if kept is None:
                to_disk(batch)
                return
            kept.append(batch)
            octets += int(batch.estimated_size())
            if octets > cut.keep:
                long = octets // sum(each.height for each in kept)
                buckets = max(buckets, bucket_count(buckets * BUCKET_ROWS, long))
                for each in kept:
                    to_disk(each)
                kept = None

        # While rows are kept, reading is all there is to do.
        with reading_ahead() if cut.keep else nullcontext():
            query.sink_batches(
                hand_over, chunk_size=cut.run, maintain_order=False, engine="streaming"
            )
        for last in writing:
            last.result()
    if kept is None:
        return Spilled(runs, buckets)
    return pl.concat([pl.DataFrame(schema=query.collect_schema()), *kept]).rechunk()


def kept_rows(kept: pl.DataFrame, order: Key, tally: Tally) -> pl.LazyFrame:
    """Return a query of kept rows in the order of a key; `tally` hears of them."""
    words = row_words(kept[ROW], order.reveal())
    places = ordered(words[:, 0], words[:, 1]).astype(np.uint32)
    rows = kept.drop(ROW)

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, most: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        for start in range(0, len(places), BATCH_ROWS):
            part = rows[pl.Series(places[start : start + BATCH_ROWS])]
            tally.passed(part.height)
            yield part if columns is None else part.select(columns)

    return register_io_source(read, schema=rows.schema, is_pure=True)


def gathered_rows(
    runs: Sequence[Path], buckets: range, of: int, schema: pl.Schema, tally: Tally
) -> pl.LazyFrame:
    """Return a query of the rows of some of so many buckets, in their order.

    `tally` hears of them.
    """

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        with Runs(runs, of, Layout(schema)) as opened:
            for frame in opened.merged(buckets):
                for part in frame.iter_slices(BATCH_ROWS):
                    tally.passed(part.height)
                    yield part if columns is None else part.select(columns)

    return register_io_source(read, schema=schema, is_pure=True)


def without_row(schema: pl.Schema) -> pl.Schema:
    """Return a schema without the number of the row."""
    return pl.Schema({name: kind for name, kind in schema.items() if name != ROW})


def _bucket_of(words: NDArray[np.uint64], buckets: int) -> Rows:
    """Return in which of so many stretches of one length of all numbers each lies."""
    half, count = np.uint64(32), np.uint64(buckets)
    low = (words & np.uint64(2**32 - 1)) * count >> half
    numbers: Rows = (((words >> half) * count + low) >> half).astype(np.intp)
    return numbers
