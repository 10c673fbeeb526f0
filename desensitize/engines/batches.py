"""Bound what polars holds in memory at a time, for as long as runs are under way."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import polars as pl

BATCH_ROWS = 50_000
BATCH_SIZE = "POLARS_IDEAL_MORSEL_SIZE"
# How many row groups of a Parquet file are read ahead. Polars takes this from its environment only;
# a version that knew it no more would need more memory, and nothing else.
READ_AHEAD = "POLARS_ROW_GROUP_PREFETCH_SIZE"
# How many batches wait between two steps of a query; most hold on to a decoded row group of their
# own. Polars reads these once, at the first query of a process.
WAITING = ("POLARS_DEFAULT_LINEARIZER_BUFFER_SIZE", "POLARS_DEFAULT_DISTRIBUTOR_BUFFER_SIZE")

for _name in WAITING:
    os.environ.setdefault(_name, "1")

_lock = Lock()
_runs = 0
_set: list[str] = []


@contextmanager
def bounded_batches() -> Iterator[None]:
    """Keep batches small and reading ahead short; memory is bounded however long the table.

    Polars knows both for the whole process only, so other queries that run at the same time are
    bounded too. Whoever has set one of them already keeps it. Usable as a decorator.
    """
    global _runs
    with _lock:
        _runs += 1
        if _runs == 1:
            _set.extend(name for name in (BATCH_SIZE, READ_AHEAD) if name not in os.environ)
            if BATCH_SIZE in _set:
                pl.Config.set_streaming_chunk_size(BATCH_ROWS)
            if READ_AHEAD in _set:
                os.environ[READ_AHEAD] = _half()
    try:
        yield
    finally:
        with _lock:
            _runs -= 1
            if not _runs:
                if BATCH_SIZE in _set:
                    pl.Config.set_streaming_chunk_size(None)
                if READ_AHEAD in _set:
                    os.environ.pop(READ_AHEAD, None)
                _set.clear()


@contextmanager
def reading_ahead() -> Iterator[None]:
    """Let queries that begin here read a row group ahead on each thread, within `bounded_batches`.

    It is for those that nothing else keeps busy: two threads that only read need two row groups.
    """
    with _lock:
        if READ_AHEAD in _set:
            os.environ[READ_AHEAD] = str(pl.thread_pool_size())
    try:
        yield
    finally:
        with _lock:
            if READ_AHEAD in _set:
                os.environ[READ_AHEAD] = _half()


def _half() -> str:
    return str(max(1, pl.thread_pool_size() // 2))
