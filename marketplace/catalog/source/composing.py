"""Apply new and changed rows to the table of before. Pure: files in, a file out.

Rows pass a batch at a time; of what changed, keys and digests alone are held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marketplace.catalog.source.drivers.errors import SourceError

BATCH_ROWS = 65_536
DIGEST, GONE, THERE = "\x00digest", "\x00gone", "\x00there"
"""No name of a column can hold a control character."""


@dataclass(frozen=True)
class Shape:
    """What a table is made of: the columns that are kept, and those that its rows go by.

    `gone` is the column of the drawn rows that is true for one that was deleted, "" for none.
    """

    schema: pa.Schema
    key: tuple[str, ...] = ()
    gone: str = ""


@dataclass(frozen=True)
class Composed:
    """What was written: its rows, and how many rows were dropped from the table of before or came.

    Where neither is above 0, it is the table of before.
    """

    rows: int
    dropped: int
    appended: int

    @property
    def is_same(self) -> bool:
        return not self.dropped and not self.appended


def compose(
    before: pq.ParquetFile | None,
    drawn: Path,
    target: Path,
    *,
    shape: Shape,
    listed: pl.DataFrame | None = None,
) -> Composed:
    """Write the table of before with what was drawn since.

    With a key, a drawn row takes the place of the one that has its key; without, each is added.
    Only keys that are `listed` stay, where a list of them is given.

    Raises:
        SourceError: a key is missing (`key-empty`) or stands twice in what was drawn
            (`key-not-unique`).
    """
    marks = _marks(drawn, shape) if shape.key else None
    same: list[pl.DataFrame] = []
    kept = dropped = appended = 0
    with pq.ParquetWriter(target, shape.schema, compression="zstd") as writer:
        for batch in before.iter_batches(BATCH_ROWS) if before is not None else ():
            stays = batch
            if marks is not None:
                mask, unchanged = _staying(batch, marks, listed, shape)
                same.append(unchanged)
                stays = batch.filter(mask)
            kept, dropped = kept + len(stays), dropped + len(batch) - len(stays)
            writer.write_batch(stays.cast(shape.schema))
        for batch in _batches(drawn):
            new = batch.filter(_coming(batch, same, listed, shape))
            appended += len(new)
            writer.write_batch(new.select(shape.schema.names).cast(shape.schema))
    return Composed(kept + appended, dropped, appended)


def keys_of(path: Path, shape: Shape) -> pl.DataFrame:
    """Return the keys of the rows of a drawn file that are not gone.

    Raises:
        SourceError: as for `compose`.
    """
    marks = _marks(path, shape)
    return marks.filter(~pl.col(GONE)).select(shape.key)


def _marks(drawn: Path, shape: Shape) -> pl.DataFrame:
    """Return key, digest and whether it is gone of each drawn row."""
    names = set(shape.schema.names)
    parts = [_marked(batch, shape, names) for batch in _batches(drawn)]
    key = list(shape.key)
    schema = pa.schema([shape.schema.field(name) for name in key])
    empty = _frame(schema.empty_table()).with_columns(
        pl.lit(None, pl.UInt64).alias(DIGEST), pl.lit(None, pl.Boolean).alias(GONE)
    )
    marks = pl.concat([empty, *parts])
    if sum(marks.select(key).null_count().row(0)):
        raise SourceError("key-empty")
    if marks.select(key).n_unique() < len(marks):
        raise SourceError("key-not-unique")
    return marks


def _marked(batch: pa.RecordBatch, shape: Shape, names: set[str]) -> pl.DataFrame:
    held = [name for name in batch.schema.names if name in names]
    frame = _frame(batch.select([name for name in shape.schema.names if name in held]))
    gone = _gone(batch, shape)
    return frame.select(shape.key).with_columns(
        frame.hash_rows().alias(DIGEST), pl.Series(GONE, gone.to_numpy(zero_copy_only=False))
    )


def _staying(
    batch: pa.RecordBatch, marks: pl.DataFrame, listed: pl.DataFrame | None, shape: Shape
) -> tuple[pa.Array, pl.DataFrame]:
    """Return which rows of before stay, and the keys of those that were drawn as they were."""
    key = list(shape.key)
    frame = _frame(batch.select(shape.schema.names))
    own = f"{DIGEST}-own"
    told = frame.select(key).with_columns(frame.hash_rows().alias(own))
    told = told.join(marks, on=key, how="left", maintain_order="left")
    is_new = pl.col(GONE).is_not_null()
    is_same = is_new & ~pl.col(GONE) & (pl.col(DIGEST) == pl.col(own))
    stays = told.select((~is_new | is_same).alias("stays"))["stays"]
    if listed is not None:
        stays &= _is_listed(frame.select(key), listed)
    unchanged = told.filter(told.select(is_same.alias("same"))["same"] & stays).select(key)
    return stays.to_arrow(), unchanged


def _coming(
    batch: pa.RecordBatch,
    same: Sequence[pl.DataFrame],
    listed: pl.DataFrame | None,
    shape: Shape,
) -> pa.Array:
    """Return which drawn rows are written: those that are neither gone nor there as they are."""
    comes = pl.Series(pc.invert(_gone(batch, shape)).to_numpy(zero_copy_only=False))
    if shape.key:
        keys = _frame(batch.select(list(shape.key)))
        if same:
            comes &= ~_is_listed(keys, pl.concat(same))
        if listed is not None:
            comes &= _is_listed(keys, listed)
    return comes.to_arrow()


def _is_listed(keys: pl.DataFrame, listed: pl.DataFrame) -> pl.Series:
    marked = listed.with_columns(pl.lit(True).alias(THERE))
    found = keys.join(marked, on=keys.columns, how="left", maintain_order="left")
    return found[THERE].fill_null(False)


def _gone(batch: pa.RecordBatch, shape: Shape) -> pa.Array:
    if not shape.gone:
        return pa.array([False] * len(batch), pa.bool_())
    return pc.fill_null(batch.column(shape.gone), False)


def _batches(path: Path) -> Any:
    with pq.ParquetFile(path) as parquet:
        yield from parquet.iter_batches(BATCH_ROWS)


def _frame(table: Any) -> pl.DataFrame:
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame), "A table is a frame."
    return frame
