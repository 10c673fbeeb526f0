"""Count, while a query runs, the rows that pass and the values that a mask could not handle."""

from collections.abc import Mapping, Sequence
from queue import SimpleQueue
from threading import Event, Lock

import polars as pl

LABEL = " label "
"""Begins the name of a column that is counted for the one named after it, and left out."""


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
        """Return for each watched column the values that became null, where there were any."""
        with self._lock:
            return {name: count for name, count in self._lost.items() if count > 0}

    def cancel(self) -> None:
        """Let the next batch fail."""
        self._cancelled.set()

    def passed(self, rows: int) -> None:
        """Count rows that pass outside a query.

        Raises:
            Cancelled: the run was.
        """
        if self._cancelled.is_set():
            raise Cancelled
        self.rows.put(rows)

    def counted(self, query: pl.LazyFrame, watched: Mapping[str, str]) -> pl.LazyFrame:
        """Return the query without its columns of originals, and count what passes through it.

        `watched` names for a masked column the column of its originals; the values that are null
        only after masking are counted. A column of labels, LABEL and the name of the masked one, is
        counted and left out too. One call a batch sees all of it, since calls are what costs.
        """
        schema = query.collect_schema()
        counted = {*watched.values(), *(name for name in watched if name.startswith(LABEL))}
        names = [name for name in schema if name not in counted]
        pairs = [name for pair in watched.items() for name in pair]

        def count(batch: Sequence[pl.Series]) -> pl.Series:
            if self._cancelled.is_set():
                raise Cancelled
            nulls = [values.null_count() for values in batch[1:]]
            with self._lock:
                for name, after, before in zip(watched, nulls[::2], nulls[1::2], strict=True):
                    column = name.removeprefix(LABEL)
                    self._lost[column] = self._lost.get(column, 0) + after - before
            self.rows.put(len(batch[0]))
            return batch[0]

        first = pl.map_batches(
            [names[0], *pairs], count, return_dtype=schema[names[0]], is_elementwise=True
        )
        return query.select(first.alias(names[0]), *names[1:])
