"""Write sorted rows as runs into files, and merge what many runs hold of one stretch.

Text lies in a run as Arrow's views: 16 bytes that are a short text, or say where a long one lies.
So whoever merges runs moves lines of one width and no text, and each line once.
"""

from collections.abc import Iterable, Sequence
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from sys import getrefcount
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from polars import selectors

from desensitize.crypto.aes_blocks import Words

PLACE = (" place", " place within")
# Arrow has no such type, or one that differs from run to run.
WRITTEN_AS_TEXT = (pl.Categorical, pl.Enum, pl.Int128, pl.UInt128)
LINES: dict[int, type[np.generic]] = {
    8: np.uint8,
    16: np.uint16,
    32: np.uint32,
    64: np.uint64,
    # NumPy has no other type of this width that it moves in one piece.
    128: np.complex128,
}
VIEW_BITS = 128
VIEW_LENGTH = np.uint64(2**32 - 1)
# A longer text lies in a buffer, whose number is the lower half of the view's second word.
SHORT_TEXT = np.uint64(12)
ALIGNED = 64
SPARE = 16
"""Buckets differ a little in size: a room has a sixteenth more than was asked for."""
UNUSED = 2
"""The list holds a room, and who counts; a column that still lies there is one more."""

Lines = NDArray[Any]
Octets = NDArray[np.uint8]
Rows = NDArray[np.intp]


def write_run(rows: pl.DataFrame, places: Words, path: Path) -> None:
    """Write rows as a run; `places` are two words for each, and the rows are sorted by the first.

    Raises:
        OSError: the disk refuses.
    """
    named = [pl.Series(name, places[:, number]) for number, name in enumerate(PLACE)]
    plain = rows.with_columns(selectors.by_dtype(WRITTEN_AS_TEXT).cast(pl.String), *named)
    # Polars writes the texts in the order of the rows, so that a stretch of them lies together.
    plain.write_ipc(
        path,
        compression="uncompressed",
        compat_level=pl.CompatLevel.newest(),
        record_batch_size=plain.height,
    )


class Run:
    """Hold a run of which only what is looked at is read."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._pages = mmap(file.fileno(), 0, access=ACCESS_READ)
        self.batch = pa.ipc.open_file(pa.py_buffer(self._pages)).get_batch(0)
        self.places = [_lines(self.batch.column(name)) for name in PLACE]

    def stretch(self, first: int, last: int) -> slice:
        """Return which rows have a first word from `first` to `last`."""
        words = self.places[0]
        start = np.searchsorted(words, np.uint64(first), side="left")
        return slice(int(start), int(np.searchsorted(words, np.uint64(last), side="right")))

    def release(self) -> None:
        """Let the pages that were read no longer count as memory of this process."""
        self._pages.madvise(MADV_DONTNEED)


class Rooms:
    """Hand out memory for what is merged, again and again the same.

    The system clears what it hands out anew, which costs more than moving lines into it.
    """

    def __init__(self) -> None:
        self._rooms: list[Octets] = []

    def room(self, size: int) -> Octets:
        """Return so many octets that nobody else looks at."""
        unused = [
            number
            for number in range(len(self._rooms))
            if getrefcount(self._rooms[number]) == UNUSED
        ]
        for number in unused:
            if len(self._rooms[number]) >= size:
                return self._rooms[number]
        for number in reversed(unused):
            del self._rooms[number]
        self._rooms.append(np.empty(size + size // SPARE, dtype=np.uint8))
        return self._rooms[-1]


def merged(
    runs: Sequence[Run], first: int, last: int, schema: pl.Schema, rooms: Rooms
) -> pl.DataFrame:
    """Return the rows of all runs whose first word lies from `first` to `last`, in their order."""
    stretches = [(run, run.stretch(first, last)) for run in runs]
    pieces = [(run, rows) for run, rows in stretches if rows.start < rows.stop]
    if not pieces:
        return pl.DataFrame(schema=schema)
    order = _order(pieces)
    for run in runs:
        run.release()
    merge = _Merge(pieces, order, schema, rooms)
    columns = {name: merge.column(name) for name in schema}
    return pl.DataFrame(columns).select(pl.col(name).cast(kind) for name, kind in schema.items())


def _order(pieces: Sequence[tuple[Run, slice]]) -> Rows:
    words, seconds = (
        np.concatenate([run.places[number][rows] for run, rows in pieces]) for number in range(2)
    )
    order = np.argsort(words)
    ordered = words[order]
    if (ordered[1:] == ordered[:-1]).any():
        order = np.lexsort((seconds, words))
    return order


class _Merge:
    """Move the columns of some pieces of runs, one after the other, into an order."""

    def __init__(
        self, pieces: Sequence[tuple[Run, slice]], order: Rows, names: Iterable[str], rooms: Rooms
    ) -> None:
        self._pieces = pieces
        self._order = order
        targets = np.empty_like(order)
        targets[order] = np.arange(len(order))
        ends = np.cumsum([rows.stop - rows.start for _, rows in pieces])
        self._targets = np.split(targets, ends[:-1])
        kinds = [_width(pieces[0][0].batch.column(name).type) or 0 for name in names]
        self._room = rooms.room(sum(len(order) * bits // 8 + ALIGNED for bits in kinds))
        self._used = 0

    def column(self, name: str) -> pl.Series:
        arrays = [run.batch.column(name) for run, _ in self._pieces]
        kind = arrays[0].type
        bits = _width(kind)
        if bits is None:
            return self._gathered(arrays)
        target = self._target(LINES[bits])
        texts: list[Any] = []
        for array, (_, rows), places in zip(arrays, self._pieces, self._targets, strict=True):
            lines = _lines(array)[rows]
            if pa.types.is_string_view(kind):
                lines = _moved_views(lines, len(texts)) if texts else lines
                texts += array.buffers()[2:]
            target[places] = lines
        buffers = [self._present(arrays), pa.py_buffer(target), *texts]
        # The system maps pages around those that are read: with many runs, most of them.
        for run, _ in self._pieces:
            run.release()
        return pl.Series(name, pa.Array.from_buffers(kind, len(target), buffers))

    def _gathered(self, arrays: Sequence[Any]) -> pl.Series:
        parts = [
            array.slice(rows.start, rows.stop - rows.start)
            for array, (_, rows) in zip(arrays, self._pieces, strict=True)
        ]
        return pl.Series(pa.chunked_array(parts)).rechunk().gather(self._order)

    def _target(self, kind: type[np.generic]) -> Lines:
        size = len(self._order) * np.dtype(kind).itemsize
        start = self._used + -(self._room.ctypes.data + self._used) % ALIGNED
        self._used = start + size
        return self._room[start : self._used].view(kind)

    def _present(self, arrays: Sequence[Any]) -> Any:
        """Return Arrow's bits of which values are there; None where all are."""
        if not any(array.null_count for array in arrays):
            return None
        present = np.ones(len(self._order), dtype=np.uint8)
        for array, (_, rows), places in zip(arrays, self._pieces, self._targets, strict=True):
            if array.null_count:
                octets = np.frombuffer(array.buffers()[0], np.uint8)
                first = rows.start // 8
                bits = np.unpackbits(octets[first : -(-rows.stop // 8)], bitorder="little")
                present[places] = bits[rows.start - 8 * first : rows.stop - 8 * first]
        return pa.py_buffer(np.packbits(present, bitorder="little"))


def _width(kind: Any) -> int | None:
    """Return how many bits a line has; None where values do not lie in lines of one width."""
    if pa.types.is_string_view(kind):
        return VIEW_BITS
    if pa.types.is_primitive(kind) and kind.bit_width in LINES:
        return int(kind.bit_width)
    return None


def _lines(array: Any) -> Lines:
    bits = _width(array.type)
    assert bits is not None
    return np.frombuffer(array.buffers()[1], LINES[bits])[: len(array)]


def _moved_views(views: Lines, buffers: int) -> Lines:
    """Return views whose buffers come after so many others."""
    words = views.view(np.uint64).reshape(-1, 2).copy()
    long = words[:, 0] & VIEW_LENGTH > SHORT_TEXT
    words[:, 1] += long * np.uint64(buffers)
    moved: Lines = words.view(LINES[VIEW_BITS])[:, 0]
    return moved
