"""Count, while a query runs, the rows that pass and the values that a mask could not handle."""

from collections.abc import Sequence
from queue import SimpleQueue
from threading import Event, Lock

import polars as pl


class Cancelled(Exception):
    """Stop the engine from inside one of its batches."""


class Tally:
    """Count what flows through a query, on the engine's own threads.

    `rows` hands out the number of rows of each batch as it passes, and None at the end. What the
    counters see costs no second pass over the table: a batch knows its nulls.
    """

    def __init__(self) -> None:
        self.rows: SimpleQueue[int | None] = SimpleQueue()
        self._cancelled = Event()
        self._lost: dict[str, int] = {}
        self._lock = Lock()

    @property
    def suppressed(self) -> dict[str, int]:
        """Answer for each watched column the values that became null, where there were any."""
        with self._lock:
            return {name: count for name, count in self._lost.items() if count > 0}

    def cancel(self) -> None:
        """Let the next batch fail."""
        self._cancelled.set()

    def watched(self, name: str, values: pl.Expr, masked: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Answer the masked values and count those that are null where the original is not."""

        def count(batch: Sequence[pl.Series]) -> pl.Series:
            before, after = batch
            with self._lock:
                lost = after.null_count() - before.null_count()
                self._lost[name] = self._lost.get(name, 0) + lost
            return after

        return pl.map_batches([values, masked], count, return_dtype=dtype, is_elementwise=True)

    def counted(self, query: pl.LazyFrame) -> pl.LazyFrame:
        """Answer the same query; its rows are counted as they pass, and it can be cancelled."""

        def count(values: pl.Series) -> pl.Series:
            if self._cancelled.is_set():
                raise Cancelled
            self.rows.put(len(values))
            return values

        first, dtype = next(iter(query.collect_schema().items()))
        return query.with_columns(
            pl.col(first).map_batches(count, return_dtype=dtype, is_elementwise=True)
        )
