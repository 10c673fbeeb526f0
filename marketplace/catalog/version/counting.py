"""Count how two tables differ, row by row, while neither is held in memory. Pure: no models.

Of each row a digest of 64 bits is kept, and of its key another: 32 bytes a row for both tables. Two
rows of a table of 20 million share one by chance in one of 100,000 tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import IOBase
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS = 131_072
Digests = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Counts:
    """How many rows came, changed and went."""

    inserted: int
    updated: int
    deleted: int


@dataclass(frozen=True)
class _Table:
    rows: Digests
    keys: Digests | None


def columns_in(file: BinaryIO | IOBase) -> dict[str, str]:
    """Return the columns of a Parquet file with their types, in their order."""
    schema = pq.read_schema(pa.PythonFile(file, mode="r"))
    return {field.name: str(field.type) for field in schema}


def counts_between(
    before: BinaryIO | IOBase, after: BinaryIO | IOBase, key: Sequence[str] = ()
) -> Counts:
    """Return how two Parquet files of the same columns differ, whatever the order of their rows.

    With a `key` a row of the same key and other values was updated. Without one, or where it does
    not tell all rows apart, a changed row went and came. Values of a column that has two types are
    compared as those of one that holds both.
    """
    types = common_schema(_empty(before), _empty(after))
    first, second = _digested(before, key, types), _digested(after, key, types)
    if first.keys is not None and second.keys is not None:
        return _by_key(first.rows, first.keys, second.rows, second.keys)
    return _by_count(first.rows, second.rows)


def common_schema(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, pl.DataType]:
    """Return for each column a type that holds the values of both; a text where none does."""
    found: dict[str, pl.DataType] = {}
    for name in after.columns:
        ends = [pl.DataFrame({name: table[name].head(0)}) for table in (before, after)]
        try:
            found[name] = pl.concat(ends, how="vertical_relaxed").schema[name]
        except pl.exceptions.PolarsError:
            found[name] = pl.String()
    return found


def _empty(file: BinaryIO | IOBase) -> pl.DataFrame:
    file.seek(0)
    table = pl.from_arrow(pq.read_schema(pa.PythonFile(file, mode="r")).empty_table())
    assert isinstance(table, pl.DataFrame)
    return table


def _digested(file: BinaryIO | IOBase, key: Sequence[str], types: dict[str, pl.DataType]) -> _Table:
    """Return the digests of the rows, and of their keys where these tell all rows apart."""
    file.seek(0)
    rows, keys = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)]
    with pq.ParquetFile(pa.PythonFile(file, mode="r")) as parquet:
        names = sorted(types)
        has_all = bool(key) and set(key) <= set(names)
        for batch in parquet.iter_batches(BATCH_ROWS, columns=names):
            table = pl.from_arrow(batch)
            assert isinstance(table, pl.DataFrame)
            table = table.select(names).cast(types)  # type: ignore[arg-type]
            # A category's number depends on the batch that it stands in.
            table = table.with_columns(pl.col(pl.Categorical).cast(pl.String))
            rows.append(table.hash_rows().to_numpy())
            if has_all:
                has_all = not sum(table.select(key).null_count().row(0))
                keys.append(table.select(sorted(key)).hash_rows().to_numpy())
    told = np.concatenate(keys)
    has_key = has_all and len(np.unique(told)) == len(told)
    return _Table(np.concatenate(rows), told if has_key else None)


def _by_key(old: Digests, old_keys: Digests, new: Digests, new_keys: Digests) -> Counts:
    common, at_old, at_new = np.intersect1d(
        old_keys, new_keys, assume_unique=True, return_indices=True
    )
    return Counts(
        inserted=len(new_keys) - len(common),
        updated=int((old[at_old] != new[at_new]).sum()),
        deleted=len(old_keys) - len(common),
    )


def _by_count(old: Digests, new: Digests) -> Counts:
    olds, old_counts = np.unique(old, return_counts=True)
    news, new_counts = np.unique(new, return_counts=True)
    _common, at_old, at_new = np.intersect1d(olds, news, assume_unique=True, return_indices=True)
    same = int(np.minimum(old_counts[at_old], new_counts[at_new]).sum())
    return Counts(inserted=len(new) - same, updated=0, deleted=len(old) - same)
