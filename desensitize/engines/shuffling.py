"""Put the rows of a release into an order of their own, in two passes over files.

The first pass writes the masked rows as runs, each parted into the same buckets; the second reads
what all runs hold of one bucket, and sorts it. How many buckets there are changes nothing: the
order is that of a number that the key and the row's number in the source give each row.
"""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from polars import selectors
from polars.io.plugins import register_io_source

from desensitize.crypto import Key, KeyRing
from desensitize.crypto.keys import MASTER_BYTES
from desensitize.crypto.row_random import row_words
from desensitize.engines.batches import BATCH_ROWS
from desensitize.engines.drawing import ROW
from desensitize.engines.tally import Tally
from desensitize.policy import Policy

RUN_ROWS = 120_000
BUCKET_ROWS = 400_000
"""A run is held in several forms at once; each piece that it has in a bucket costs by itself."""
# An encrypted row number has 16 bytes, so that the second word parts what the first does not.
PLACE = (" place", " place within")
HALF = np.uint64(32)
MOST_BUCKETS = 2**16
# Arrow's files hold one dictionary for all batches, and no whole numbers beyond 64 bits.
WRITTEN_AS_TEXT = (pl.Categorical, pl.Enum, pl.Int128, pl.UInt128)


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


def scattered(query: pl.LazyFrame, folder: Path, *, order: Key, buckets: int) -> dict[Path, int]:
    """Write the rows of a query, which carry their number as ROW, as runs into a folder.

    Return the runs with the rows of each.

    Raises:
        OSError: the disk refuses.
    """
    runs: dict[Path, int] = {}

    def write(batch: pl.DataFrame) -> None:
        words = row_words(batch[ROW], order.reveal())
        # The upper half of the first word says in which bucket a row lies.
        numbers = ((words[:, 0] >> HALF) * np.uint64(buckets) >> HALF).astype(np.uint16)
        # NumPy's stable sort of numbers this short is a radix sort.
        by_bucket = pl.Series(np.argsort(numbers, kind="stable").astype(np.uint32))
        places = [pl.Series(name, words[:, place]) for place, name in enumerate(PLACE)]
        run = folder / f"run-{len(runs):05d}.arrow"
        table = _gathered(batch.drop(ROW).with_columns(places), by_bucket)
        _write_run(table, np.bincount(numbers, minlength=buckets).tolist(), run)
        runs[run] = table.num_rows

    # The engine waits while a run is written, so that it reads no further ahead than memory allows.
    query.sink_batches(write, chunk_size=RUN_ROWS, maintain_order=False, engine="streaming")
    return runs


def gathered_rows(
    runs: Sequence[Path], buckets: range, schema: pl.Schema, tally: Tally
) -> pl.LazyFrame:
    """Return a query of the rows of some buckets, in their order; `tally` hears of them."""

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        for number in buckets:
            frame = _bucket(runs, number, schema)
            for part in frame.iter_slices(BATCH_ROWS):
                tally.passed(part.height)
                yield part if columns is None else part.select(columns)

    return register_io_source(read, schema=schema, is_pure=True)


def _gathered(batch: pl.DataFrame, rows: pl.Series) -> pa.Table:
    """Return rows of a batch as Arrow's table, beside which nothing of the batch is kept."""
    # In one piece, since rows gathered from many pieces take longer and hold all of them.
    gathered = batch.rechunk()[rows]
    plain = gathered.with_columns(selectors.by_dtype(WRITTEN_AS_TEXT).cast(pl.String))
    return plain.to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks()


def _write_run(table: pa.Table, sizes: list[int], run: Path) -> None:
    """Write each bucket as a batch of its own, so that it is read without the others."""
    with pa.OSFile(str(run), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        start = 0
        for size in sizes:
            part = table.slice(start, size).to_batches()
            writer.write_batch(part[0] if part else _no_rows(table.schema))
            start += size


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=schema)


def _bucket(runs: Sequence[Path], number: int, schema: pl.Schema) -> pl.DataFrame:
    if not runs:
        return pl.DataFrame(schema=schema)
    # Mapped anew for each bucket, so that only its pages count as memory of this process.
    parts = [pa.ipc.open_file(pa.memory_map(str(run))).get_batch(number) for run in runs]
    frame = pl.from_arrow(pa.Table.from_batches(parts), rechunk=False)
    assert isinstance(frame, pl.DataFrame)
    ordered = frame.rechunk().sort(PLACE)
    return ordered.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
