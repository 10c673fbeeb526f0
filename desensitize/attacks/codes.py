"""Turn the columns of a table into small numbers, once, so that sets of columns count fast."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from desensitize.errors import DesensitizeError, TableError, nearest

Numbers = npt.NDArray[np.int64]
SmallNumbers = npt.NDArray[np.int32]
MOST_CELLS = 2**24
"""Up to so many different numbers are counted in an array of 128 MB; beyond, they are sorted."""
CELLS_OF_A_ROW = 16
ROWS = " rows "


@dataclass(frozen=True)
class Coded:
    """Hold the different rows of a table, each once, and how many rows of the table are so.

    `codes` has for each column a number from 0 up to its entry in `values` for every different
    row; null is a value like others. `weights` are the rows of the table that are alike.
    """

    codes: Mapping[str, SmallNumbers]
    values: Mapping[str, int]
    weights: Numbers

    @cached_property
    def rows(self) -> int:
        """Count the rows of the table."""
        return int(self.weights.sum())

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns, in the order of the table."""
        return tuple(self.codes)

    def sizes(self, columns: Sequence[str]) -> Numbers:
        """Return for each different row the rows of the table that agree with it in the columns."""
        numbers, room = np.zeros(len(self.weights), dtype=np.int64), 1
        for column in columns:
            numbers, room = joined(numbers, room, self.codes[column], self.values[column])
        return sizes_of(numbers, room, self.weights)


def coded(path: Path, columns: Sequence[str] | None = None) -> Coded:
    """Read the columns of a Parquet file (all by default), one after the other, as codes.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`, `no-rows`, `nested-column`.
    """
    try:
        names = pl.read_parquet_schema(path)
        for column in columns or ():
            if column not in names:
                raise DesensitizeError(
                    "unknown-column", column=column, nearest=nearest(column, names)
                )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    found = _coded(_read(path, names if columns is None else dict.fromkeys(columns)))
    if not len(found.weights):
        raise TableError("no-rows")
    return found


def coded_frame(columns: Mapping[str, pl.Series]) -> Coded:
    """Return the codes of columns of one length.

    Raises:
        TableError: `nested-column`.
    """
    return _coded(columns.items())


def _read(path: Path, names: Iterable[str]) -> Iterator[tuple[str, pl.Series]]:
    table = pl.scan_parquet(path)
    for name in names:
        try:
            yield name, table.select(name).collect().to_series()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise TableError("unreadable-table") from error


def _coded(columns: Iterable[tuple[str, pl.Series]]) -> Coded:
    codes: dict[str, pl.Series] = {}
    values: dict[str, int] = {}
    # Each column goes before the next is read: as text they take most of the memory.
    for number, (name, column) in enumerate(columns):
        found, values[name] = encoded(column)
        codes[str(number)] = pl.Series(str(number), found)
        del column
    frame = pl.DataFrame(codes)
    if not codes:
        return Coded({}, {}, np.zeros(0, dtype=np.int64))
    # In order, neighbours fall into neighbouring cells, which counts twice as fast.
    alike = frame.group_by(list(codes)).agg(pl.len().cast(pl.Int64).alias(ROWS)).sort(list(codes))
    return Coded(
        {name: alike[str(number)].to_numpy() for number, name in enumerate(values)},
        values,
        alike[ROWS].to_numpy(),
    )


def encoded(column: pl.Series) -> tuple[SmallNumbers, int]:
    """Return for each cell a number from 0 on, the same for equal cells, and how many there are.

    Raises:
        TableError: `nested-column`.
    """
    if column.dtype.is_nested() or column.dtype == pl.Object:
        raise TableError("nested-column", column=column.name)
    if column.dtype in (pl.Categorical, pl.Enum):
        column = column.to_physical()
    elif column.dtype.is_float():
        column = column.set(column == 0, 0.0)  # There is one zero.
    if column.dtype == pl.Null:
        return np.zeros(len(column), dtype=np.int32), 1
    plain = column.to_arrow(compat_level=pl.CompatLevel.oldest())
    found = pc.dictionary_encode(plain, null_encoding="encode")
    if isinstance(found, pa.ChunkedArray):
        found = found.unify_dictionaries().combine_chunks()
    return found.indices.to_numpy(zero_copy_only=False).astype(np.int32), len(found.dictionary)


def most_cells(rows: int) -> int:
    """Return up to how many cells it costs less to count so many rows in an array than to sort."""
    return min(MOST_CELLS, CELLS_OF_A_ROW * rows)


def joined(numbers: Numbers, room: int, codes: SmallNumbers, values: int) -> tuple[Numbers, int]:
    """Return numbers that tell apart what either the numbers or the codes tell apart.

    The numbers lie from 0 up to `room`, the codes up to `values`; with the result comes its room,
    which stays small enough for the next column.
    """
    if room * values > most_cells(len(numbers)):
        numbers, room = numbered(numbers, room)
    return numbers * values + codes, room * values


def numbered(numbers: Numbers, room: int) -> tuple[Numbers, int]:
    """Return the same partition by numbers without gaps, and how many they are."""
    if room > most_cells(len(numbers)):
        different, found = np.unique(numbers, return_inverse=True)
        return found.astype(np.int64, copy=False), len(different)
    there = np.zeros(room, dtype=bool)
    there[numbers] = True
    places = np.cumsum(there, dtype=np.int64) - 1
    return places[numbers], int(places[-1]) + 1


def sizes_of(numbers: Numbers, room: int, weights: Numbers) -> Numbers:
    """Return for each number the weights of all that are equal to it."""
    if room > most_cells(len(numbers)):
        numbers, room = numbered(numbers, room)
    # Sums of whole numbers below 2**53 are exact in the floats of bincount.
    return np.bincount(numbers, weights, minlength=room).astype(np.int64)[numbers]


def numbered_sets(
    sets: Sequence[tuple[int, ...]], codes: Sequence[SmallNumbers], rooms: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], Numbers, int]]:
    """Number the rows by each set; sets that begin alike follow each other and share the work."""
    begun: list[tuple[int, Numbers, int]] = []
    for chosen in sets:
        same = 0
        while same < min(len(begun), len(chosen)) and begun[same][0] == chosen[same]:
            same += 1
        del begun[same:]
        for column in chosen[same:]:
            if begun:
                _, numbers, room = begun[-1]
                begun.append((column, *joined(numbers, room, codes[column], rooms[column])))
            else:
                begun.append((column, codes[column].astype(np.int64), rooms[column]))
        _, numbers, room = begun[-1]
        yield chosen, numbers, room
