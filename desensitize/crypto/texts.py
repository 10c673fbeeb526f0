"""Columns of texts as bytes that numpy can work on, and back."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """Hold the UTF-8 bytes of a column one after the other.

    Text `i` is `data[offsets[i]:offsets[i + 1]]`; `present` is false where there is a null.
    """

    data: Bytes
    offsets: Places
    present: NDArray[np.bool_]

    @classmethod
    def of(cls, values: pl.Series) -> "Texts":
        """Read a column of texts."""
        array = (
            values.cast(pl.Binary)
            .fill_null(b"")
            .rechunk()
            .to_arrow(compat_level=pl.CompatLevel.oldest())
        )
        array = array.cast(pa.large_binary())
        _, offsets, data = array.buffers()
        places = np.frombuffer(offsets, dtype=np.int64)[array.offset :][: len(values) + 1]
        end = int(places[-1]) if len(values) else 0
        # A column without a single byte may come without a buffer.
        content = np.frombuffer(data, dtype=np.uint8)[:end] if end else np.zeros(0, np.uint8)
        start = int(places[0]) if len(values) else 0
        return cls(content[start:], places - start, values.is_not_null().to_numpy())

    def lengths(self, rows: Places) -> Places:
        """Return the length of the text of each row in bytes."""
        return self.offsets[rows + 1] - self.offsets[rows]

    def by_length(self, rows: Places) -> Iterator[tuple[int, Places]]:
        """Hand out each length in bytes with those of the rows that have it."""
        lengths = self.lengths(rows)
        if len(rows) and (lengths == lengths[0]).all():
            yield int(lengths[0]), rows
            return
        order = np.argsort(lengths, kind="stable")
        edges = np.flatnonzero(np.diff(lengths[order])) + 1
        for part in np.split(order, edges):
            if len(part):
                yield int(lengths[part[0]]), rows[part]

    def matrix(self, rows: Places, length: int) -> Bytes:
        """Copy texts of one length, of rows in their order, into the lines of a matrix."""
        start = self._start(rows, length)
        if start is None:
            return self.data.take(self.offsets[rows][:, None] + np.arange(length))
        return self.data[start : start + len(rows) * length].reshape(len(rows), length).copy()

    def put(self, lines: Bytes, rows: Places, data: Bytes) -> None:
        """Write the lines of a matrix into `data`, where the texts of these rows have theirs."""
        length = lines.shape[1]
        start = self._start(rows, length)
        if start is None:
            data[self.offsets[rows][:, None] + np.arange(length)] = lines
        else:
            data[start : start + lines.size] = lines.reshape(-1)

    def _start(self, rows: Places, length: int) -> int | None:
        """Return where the rows begin if they stand one after the other without a gap."""
        start, end = int(self.offsets[rows[0]]), int(self.offsets[rows[-1] + 1])
        return start if end - start == len(rows) * length else None


def column_of(name: str, data: Bytes, offsets: Places, present: NDArray[np.bool_]) -> pl.Series:
    """Make a column of texts from UTF-8 bytes; null where `present` is false."""
    validity = None
    if not present.all():
        validity = pa.py_buffer(np.packbits(present, bitorder="little").tobytes())
    array = pa.LargeStringArray.from_buffers(
        len(present), pa.py_buffer(offsets), pa.py_buffer(data), validity
    )
    return pl.Series(name, array, dtype=pl.String)


def column_of_lines(name: str, lines: Bytes, present: NDArray[np.bool_]) -> pl.Series:
    """Make a column of texts from the lines of a matrix, all of one length."""
    rows, length = lines.shape
    offsets = np.arange(rows + 1, dtype=np.int64) * length
    return column_of(name, np.ascontiguousarray(lines).reshape(-1), offsets, present)
