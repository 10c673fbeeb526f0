"""Write a query to a file while the caller's own thread hears how far it is."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import polars as pl

from desensitize.engines.tally import Tally

ROW_GROUP = 100_000

Progress = Callable[[float, str], None]


def write_with_progress(
    query: pl.LazyFrame,
    target: Path,
    *,
    rows: int,
    progress: Progress,
    message: str,
    tally: Tally,
) -> None:
    """Sink a query of about `rows` rows, counted by `tally`, into a Parquet file.

    The engine works on threads of its own; `progress` is told the share done and is only ever
    called on the caller's, where its connections and locks live. If it raises, the engine is
    stopped and the exception goes on.
    """
    failures: list[BaseException] = []

    def work() -> None:
        try:
            # The lowest level packs masked text as small as the usual one, in two thirds the time.
            query.sink_parquet(
                target,
                compression="zstd",
                compression_level=1,
                statistics=True,
                row_group_size=ROW_GROUP,
                engine="streaming",
            )
        except BaseException as error:
            failures.append(error)
        finally:
            tally.rows.put(None)

    worker = Thread(target=work, name="desensitize-sink")
    worker.start()
    written = 0
    try:
        while (batch := tally.rows.get()) is not None:
            written += batch
            progress(min(1.0, written / rows) if rows else 1.0, message)
    except BaseException:
        tally.cancel()
        raise
    finally:
        worker.join()
    if failures:
        raise failures[0]
