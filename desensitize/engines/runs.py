"""Write rows as runs into files, cut into buckets, and merge what many runs hold of one bucket.

In a run the rows of a bucket lie together as a piece: column after column, lines of one width, the
widest first. A text has a line of 16 octets, a view as Arrow has it: a short text itself, or where
a long one lies; the long ones come after all lines. So a bucket is read with one call a run, and
whoever merges it moves lines of one width and no text, each once.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from errno import EINVAL, ENOSPC
from functools import cached_property
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from sys import getrefcount
from typing import Any, NamedTuple, Self

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from polars import selectors

from desensitize.crypto.aes_blocks import Words

# Arrow has no such type, or one that differs from run to run, or lines of less than an octet.
WRITTEN_AS = {
    pl.Categorical: pl.String,
    pl.Enum: pl.String,
    pl.Int128: pl.String,
    pl.UInt128: pl.String,
    pl.Boolean: pl.UInt8,
}
LINES: dict[int, type[np.generic]] = {
    # NumPy has no other type of this width that it moves in one piece.
    16: np.complex128,
    8: np.uint64,
    4: np.uint32,
    2: np.uint16,
    1: np.uint8,
}
BITS = 8
PLACE = (" place", " place within")
VIEW_LENGTH = np.uint64(2**32 - 1)
# A longer text lies in a buffer, whose number is the lower half of the view's second word.
SHORT_TEXT = np.uint64(12)
BUFFER_BITS, PLACE_BITS = np.uint64(30), np.uint64(32)
"""Arrow finds a text by 31 bits, so a bucket is handed out as buffers that begin each gigabyte."""
WHOLE_BUFFER = 2**31 - 1
SECTOR = 4_096
"""What goes past the system's memory begins and ends with a sector, there and on the disk."""
DIRECT = getattr(os, "O_DIRECT", 0)
SPARE = 16
"""Buckets differ a little in size: a room has a sixteenth more than was asked for."""
AHEAD = 2
"""So many buckets are read and merged while another is packed."""
UNUSED = 2
"""The list holds a room, and who counts; a column that still lies there is one more."""

Lines = NDArray[Any]
Octets = NDArray[np.uint8]
Rows = NDArray[np.intp]


class Rooms:
    """Hand out memory for what is merged, again and again the same.

    The system clears what it hands out anew, which costs more than moving lines into it.
    """

    def __init__(self) -> None:
        self._rooms: list[Octets] = []

    def room(self, size: int) -> Octets:
        """Return at least so many octets that nobody else looks at, whole sectors of a disk."""
        size = _sectors(size)
        unused = [
            number
            for number in range(len(self._rooms))
            if getrefcount(self._rooms[number]) == UNUSED
        ]
        for number in unused:
            if len(self._rooms[number]) >= size + SECTOR:
                return _aligned(self._rooms[number])
        for number in reversed(unused):
            del self._rooms[number]
        self._rooms.append(np.empty(_sectors(size + size // SPARE) + SECTOR, dtype=np.uint8))
        return _aligned(self._rooms[-1])


class Line(NamedTuple):
    """Say where the lines of a column lie in a piece: after `before` octets a row."""

    name: str
    width: int
    before: int


@dataclass(frozen=True)
class Layout:
    """Say how the columns of a release lie in each piece of a run."""

    schema: pl.Schema

    @cached_property
    def kinds(self) -> dict[str, Any]:
        """Return Arrow's type of each column, as it is written."""
        written = as_written(pl.DataFrame(schema=self.schema))
        arrow = written.to_arrow(compat_level=pl.CompatLevel.newest()).schema
        return {field.name: field.type for field in arrow}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the columns whose lines are views."""
        return tuple(name for name, kind in self.kinds.items() if _is_view(kind))

    @cached_property
    def rest(self) -> tuple[str, ...]:
        """Return the columns that have no lines of one width."""
        return tuple(name for name, kind in self.kinds.items() if not _width(kind))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return where all lines lie: of columns, of places, and of what is missing in a row."""
        widths = [(name, _width(kind)) for name, kind in self.kinds.items()]
        widths += [(name, 8) for name in PLACE]
        widths += [(name, 1) for name in self.missing]
        widths = [each for width in LINES for each in widths if each[1] == width]
        befores = accumulate((width for _, width in widths), initial=0)
        return tuple(Line(*each, before) for each, before in zip(widths, befores, strict=False))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the octets whose bits say which of eight columns have no value."""
        return tuple(f" missing {number}" for number in range(-(-len(self.kinds) // BITS)))

    @cached_property
    def octets(self) -> int:
        """Return how many octets the lines of a row take."""
        return sum(line.width for line in self.lines)


def as_written(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the types that runs have."""
    return rows.with_columns(
        selectors.by_dtype(given).cast(written) for given, written in WRITTEN_AS.items()
    )


def write_run(
    rows: pl.DataFrame,
    places: Words,
    numbers: Rows,
    buckets: int,
    path: Path,
    layout: Layout,
    rooms: Rooms,
) -> None:
    """Write rows as a run of so many buckets, in which `numbers` says where each row belongs.

    `places` are two words for each row, by which the rows of a bucket are ordered when it is read.

    Raises:
        OSError: the disk refuses.
    """
    written = as_written(rows).rechunk()
    counts = np.bincount(numbers, minlength=buckets)
    # Of two octets NumPy counts, and compares nothing.
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    starts = np.concatenate([[0], np.cumsum(counts)])
    lines: dict[str, Lines] = {name: places[:, number] for number, name in enumerate(PLACE)}
    lines |= _missing(written, layout)
    sizes = counts * layout.octets
    segments = []
    for name in layout.kinds:
        if name in layout.texts:
            lines[name], joined, ends = _views(written[name], order, starts, sizes)
            if joined is not None:
                segments.append((joined, ends, sizes))
                sizes = sizes + np.diff(ends)
        elif name not in layout.rest:
            lines[name] = _lines(written[name].to_arrow(compat_level=pl.CompatLevel.newest()))
    tails = sizes
    if layout.rest:
        rest = _rest(written.select(layout.rest), order, starts)
        segments.append((*rest, tails))
        sizes = sizes + np.diff(rest[1])
    head = np.concatenate([_positions(sizes), counts, tails])
    begins, end = head[:buckets], int(head[buckets])
    room = rooms.room(end)[:end]
    room[: head.nbytes] = head.view(np.uint8)
    within = np.empty(len(order), dtype=np.intp)
    within[order] = np.arange(len(order)) - np.repeat(starts[:-1], counts)
    to = _Places(begins[numbers], counts[numbers], within)
    for line in layout.lines:
        to.lines(room, line)[to.of(line)] = lines[line.name]
    for joined, ends, places_of in segments:
        for start, stop, at in zip(
            ends[:-1].tolist(), ends[1:].tolist(), (begins + places_of).tolist(), strict=True
        ):
            room[at : at + stop - start] = joined[start:stop]
    _write(room, path)


class _Places:
    """Say where the lines of rows lie in a room, in which their pieces lie.

    For each row: where its piece begins, how many rows the piece has, and which of them it is.
    """

    def __init__(self, begins: Rows, counts: Rows, within: Rows) -> None:
        self.begins = begins
        self._counts = counts
        self._within = within
        self._width = 0
        self._first = self._places = within

    def of(self, line: Line) -> Rows:
        """Return the places of a column's lines, counted in its width, until the next are asked."""
        if line.width != self._width:
            self._width = line.width
            self._first = self.begins // line.width + self._within
            self._places = np.empty_like(self._within)
        np.multiply(self._counts, line.before // line.width, out=self._places)
        self._places += self._first
        return self._places

    @staticmethod
    def lines(room: Octets, line: Line) -> Lines:
        """Return a room as lines of one width."""
        return room[: len(room) // line.width * line.width].view(LINES[line.width])


def _missing(rows: pl.DataFrame, layout: Layout) -> dict[str, Lines]:
    missing = {name: np.zeros(rows.height, dtype=np.uint8) for name in layout.missing}
    for number, name in enumerate(layout.kinds):
        if rows[name].null_count():
            bits = rows[name].is_null().to_numpy().view(np.uint8) << np.uint8(number % BITS)
            missing[layout.missing[number // BITS]] |= bits
    return missing


def _views(
    texts: pl.Series, order: Rows, starts: Rows, begins: Rows
) -> tuple[Lines, Octets | None, Rows]:
    """Return the views of texts; and all texts bucket by bucket, and where those of each end.

    A long text is found by its place in the piece, in which the texts begin at `begins`.
    """
    if texts.null_count():
        # A value that is missing may have any view.
        texts = texts.fill_null("" if texts.dtype == pl.String else b"")
    lines = _lines(texts.to_arrow(compat_level=pl.CompatLevel.newest()))
    words = lines.view(np.uint64).reshape(-1, 2)
    long = words[:, 0] & VIEW_LENGTH > SHORT_TEXT
    if not long.any():
        return lines, None, starts
    sorted_texts = texts.gather(pl.Series(order.astype(np.uint32)))
    joined = sorted_texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    offsets = np.frombuffer(joined.buffers()[1], np.int64)[joined.offset :][: len(joined) + 1]
    ends = offsets[starts]
    places = np.empty(len(order), dtype=np.int64)
    places[order] = offsets[:-1] + np.repeat(begins - ends[:-1], np.diff(starts))
    words = words.copy()
    np.copyto(words[:, 1], places.view(np.uint64), where=long)
    return words.view(LINES[16])[:, 0], np.frombuffer(joined.buffers()[2], np.uint8), ends


def _rest(rows: pl.DataFrame, order: Rows, starts: Rows) -> tuple[Octets, Rows]:
    """Return columns that have no lines as polars writes them, and where each bucket ends."""
    file, ends = BytesIO(), [0]
    for start, end in pairwise(starts.tolist()):
        if start < end:
            rows[pl.Series(order[start:end])].write_ipc_stream(file)
        ends.append(file.tell())
    return np.frombuffer(file.getvalue(), np.uint8), np.array(ends)


def _positions(sizes: Rows) -> Rows:
    """Return where the pieces of a run begin, each with a sector, and the end of the last."""
    head = _sectors((3 * len(sizes) + 1) * 8)
    return np.concatenate([[head], head + np.cumsum(-(-sizes // SECTOR) * SECTOR)])


def _write(octets: Octets, path: Path) -> None:
    file = _opened(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        written = 0
        while written < len(octets):
            written += os.pwrite(file, octets[written:].data, written)
            if written % SECTOR:
                # The disk took a part of a sector: it is full, and would only say next that nothing
                # goes where a sector does not begin.
                raise OSError(ENOSPC, os.strerror(ENOSPC))
    finally:
        os.close(file)


class Runs:
    """Hold runs of so many buckets open, and merge one bucket after the other."""

    def __init__(self, paths: Sequence[Path], buckets: int, layout: Layout) -> None:
        self._layout = layout
        # One for each bucket at work, since two threads may not ask for a room at once.
        self._rooms = [(Rooms(), Rooms()) for _ in range(AHEAD)]
        self._files: list[int] = []
        self._positions = np.empty((len(paths), buckets + 1), dtype=np.intp)
        self._counts, self._tails = np.empty((2, len(paths), buckets), dtype=np.intp)
        with ExitStack() as opened:
            for number, path in enumerate(paths):
                self._files.append(_opened(path, os.O_RDONLY))
                opened.callback(os.close, self._files[-1])
                head = np.fromfile(path, np.int64, 3 * buckets + 1)
                each = np.split(head, [buckets + 1, 2 * buckets + 1])
                self._positions[number], self._counts[number], self._tails[number] = each
            # Whoever cannot open the last leaves none open.
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def merged(self, buckets: range) -> Iterator[pl.DataFrame]:
        """Return the rows of some buckets in their order, one bucket after the other.

        Raises:
            OSError: the disk refuses.
        """
        with ThreadPoolExecutor(AHEAD) as pool:
            merging: deque[Future[pl.DataFrame]] = deque()
            for number in buckets:
                if len(merging) == AHEAD:
                    yield merging.popleft().result()
                merging.append(pool.submit(self._bucket, number))
            while merging:
                yield merging.popleft().result()

    def _bucket(self, number: int) -> pl.DataFrame:
        for_pieces, for_lines = self._rooms[number % AHEAD]
        return self._merged(number, *self._read(number, for_pieces), for_lines)

    def _read(self, number: int, rooms: Rooms) -> tuple[Octets, Rows]:
        """Read a bucket, and say where in the room the pieces of the runs begin."""
        sizes = self._positions[:, number + 1] - self._positions[:, number]
        begins = np.cumsum(sizes) - sizes
        room = rooms.room(int(sizes.sum()))
        for file, position, begin, size in zip(
            self._files,
            self._positions[:, number].tolist(),
            begins.tolist(),
            sizes.tolist(),
            strict=True,
        ):
            read = 0
            while read < size:
                got = os.preadv(file, [room[begin + read : begin + size].data], position + read)
                if not got:
                    raise OSError("A run ends before its last piece.")
                read += got
        return room, begins

    def _merged(self, number: int, room: Octets, begins: Rows, rooms: Rooms) -> pl.DataFrame:
        schema, counts = self._layout.schema, self._counts[:, number]
        merge = _Merge(room, begins, counts, self._layout, rooms)
        columns = {name: merge.column(name) for name in schema if name not in self._layout.rest}
        if self._layout.rest:
            pieces = [
                pl.read_ipc_stream(BytesIO(room[start:end].tobytes()))
                for start, end in zip(
                    (begins + self._tails[:, number]).tolist(),
                    (begins + np.diff(self._positions)[:, number]).tolist(),
                    strict=True,
                )
                if start < end
            ]
            columns |= pl.concat(pieces)[merge.order].to_dict() if pieces else {}
        if not len(merge.order):
            return pl.DataFrame(schema=schema)
        return pl.DataFrame(columns).select(
            pl.col(name).cast(kind) for name, kind in schema.items()
        )


def ordered(words: NDArray[np.uint64], seconds: NDArray[np.uint64]) -> Rows:
    """Return the order of rows by two words for each, of which the second is rarely needed."""
    order: Rows = np.argsort(words)
    sorted_words = words[order]
    if (sorted_words[1:] == sorted_words[:-1]).any():
        order = np.lexsort((seconds, words))
    return order


class _Merge:
    """Move the lines of a bucket, of which each run has a piece, into their order."""

    def __init__(
        self, room: Octets, begins: Rows, counts: Rows, layout: Layout, rooms: Rooms
    ) -> None:
        self._room = room
        self._layout = layout
        self._lines = {line.name: line for line in layout.lines}
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(begins, counts), np.repeat(counts, counts), within
        self._from = _Places(*places)
        words, seconds = (self._moved(self._lines[name], None) for name in PLACE)
        self.order = ordered(words, seconds)
        self._from = _Places(*(each[self.order] for each in places))
        widths = (line.width for line in layout.lines)
        self._target = rooms.room(sum(_sectors(len(self.order) * width) for width in widths))
        self._used = 0
        self._missing = {name: self._in_order(name) for name in layout.missing}

    def column(self, name: str) -> pl.Series:
        """Return a column in the order of the bucket."""
        target = self._in_order(name)
        buffers = [self._present(name), pa.py_buffer(target)]
        if name in self._layout.texts:
            buffers += self._texts(target)
        kind = self._layout.kinds[name]
        return pl.Series(name, pa.Array.from_buffers(kind, len(target), buffers))

    def _in_order(self, name: str) -> Lines:
        line = self._lines[name]
        size = len(self.order) * line.width
        start, self._used = self._used, self._used + _sectors(size)
        return self._moved(line, self._target[start : start + size].view(LINES[line.width]))

    def _moved(self, line: Line, target: Lines | None) -> Lines:
        lines = _Places.lines(self._room, line)
        # All places are within bounds, which NumPy need not check.
        moved: Lines = np.take(lines, self._from.of(line), out=target, mode="clip")
        return moved

    def _texts(self, views: Lines) -> list[Any]:
        """Let long texts be found in the room, and return the buffers that it is."""
        words = views.view(np.uint64).reshape(-1, 2)
        long = words[:, 0] & VIEW_LENGTH > SHORT_TEXT
        if not long.any():
            return []
        places = words[:, 1] + self._from.begins.view(np.uint64)
        buffers, within = (
            places >> BUFFER_BITS,
            places & (np.uint64(1) << BUFFER_BITS) - np.uint64(1),
        )
        np.copyto(words[:, 1], buffers | within << PLACE_BITS, where=long)
        return [
            pa.py_buffer(self._room[start : start + WHOLE_BUFFER])
            for start in range(0, len(self._room), 1 << int(BUFFER_BITS))
        ]

    def _present(self, name: str) -> Any:
        """Return Arrow's bits of which values are there; None where all are."""
        number = [*self._layout.kinds].index(name)
        octets = self._missing[self._layout.missing[number // BITS]]
        missing = octets & np.uint8(1 << number % BITS)
        if not missing.any():
            return None
        return pa.py_buffer(np.packbits(missing == 0, bitorder="little"))


def _opened(path: Path, flags: int) -> int:
    """Open a run past the system's memory, which nobody needs who reads what he wrote once.

    To fill and to clear that memory costs more than the disk, and it would count as this process's.
    """
    try:
        return os.open(path, flags | DIRECT, 0o600)
    except OSError as error:
        if not DIRECT or error.errno != EINVAL:
            raise
        return os.open(path, flags, 0o600)


def _aligned(room: Octets) -> Octets:
    start = -room.ctypes.data % SECTOR
    return room[start : start + len(room) - SECTOR]


def _sectors(size: int) -> int:
    return -(-size // SECTOR) * SECTOR


def _is_view(kind: Any) -> bool:
    return bool(pa.types.is_string_view(kind) or pa.types.is_binary_view(kind))


def _width(kind: Any) -> int:
    """Return how many octets a line has; 0 where values do not lie in lines of one width."""
    if _is_view(kind):
        return 16
    if (
        pa.types.is_primitive(kind)
        and kind.bit_width % BITS == 0
        and kind.bit_width // BITS in LINES
    ):
        return int(kind.bit_width) // BITS
    return 0


def _lines(array: Any) -> Lines:
    width = _width(array.type)
    return np.frombuffer(array.buffers()[1], LINES[width])[array.offset :][: len(array)]
