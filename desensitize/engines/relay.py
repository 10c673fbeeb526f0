"""Write a query to a file while the caller's own thread hears how far it is."""

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

import polars as pl

Progress = Callable[[float, str], None]


class _Cancelled(Exception):
    """Stop the engine from inside one of its batches."""


def write_with_progress(
    query: pl.LazyFrame, target: Path, *, rows: int, progress: Progress, message: str
) -> None:
    """Sink a query of `rows` rows into a Parquet file and tell `progress` the share done.

    The engine works on threads of its own; `progress` is only ever called on the caller's, where
    its connections and locks live. If it raises, the engine is stopped and the exception goes on.
    """
    done: SimpleQueue[int | None] = SimpleQueue()
    cancelled = Event()
    failures: list[BaseException] = []
    columns = query.collect_schema()

    def count(values: pl.Series) -> pl.Series:
        if cancelled.is_set():
            raise _Cancelled
        done.put(len(values))
        return values

    first, dtype = next(iter(columns.items()))
    counted = query.with_columns(
        pl.col(first).map_batches(count, return_dtype=dtype, is_elementwise=True)
    )

    def work() -> None:
        try:
            counted.sink_parquet(target, statistics=True, engine="streaming")
        except BaseException as error:
            failures.append(error)
        finally:
            done.put(None)

    worker = Thread(target=work, name="desensitize-sink")
    worker.start()
    written = 0
    try:
        while (batch := done.get()) is not None:
            written += batch
            progress(min(1.0, written / rows) if rows else 1.0, message)
    except BaseException:
        cancelled.set()
        raise
    finally:
        worker.join()
    if failures:
        raise failures[0]
