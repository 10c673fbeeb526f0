"""Let the engine work while the caller's own thread hears how far it is."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import polars as pl
import pyarrow as pa

from desensitize.engines.tally import Tally

ROW_GROUP = 100_000

Progress = Callable[[float, str], None]


def write_parquet(query: pl.LazyFrame, target: Path, fields: pa.Schema | None = None) -> None:
    """Write a query as Parquet in row groups of one size, wherever its rows come from.

    `fields` is Arrow's schema of the query, with what each field says of itself.
    """
    # The lowest level packs masked text as small as the usual one, in two thirds the time.
    query.sink_parquet(
        target,
        compression="zstd",
        compression_level=1,
        statistics=True,
        row_group_size=ROW_GROUP,
        arrow_schema=fields,
        engine="streaming",
    )


def with_progress(
    work: Callable[[], None], *, rows: int, progress: Progress, message: str, tally: Tally
) -> None:
    """Do work that passes about `rows` rows, counted by `tally`.

    The engine works on threads of its own; `progress` is told the share done and is only ever
    called on the caller's, where its connections and locks live. If it raises, the engine is
    stopped and the exception goes on.
    """
    failures: list[BaseException] = []

    def watched() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            tally.rows.put(None)

    worker = Thread(target=watched, name="desensitize-sink")
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
