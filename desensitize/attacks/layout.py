"""Where in a Parquet file its columns and indexes stand, and whether anything else does.

Nothing that the file says of the length of a column is believed: its pages are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from os import SEEK_END
from typing import BinaryIO

from desensitize.attacks.thrift import STRUCT, Fields

LONGEST_HEADERS = 8_192, 2**20
"""Of a page; what it says of the least and the greatest value may be long, but seldom is."""
MARK = 4
"""Bytes at the beginning and at the end; before the last ones stands how long the footer is."""
ROW_GROUPS, COLUMNS, ABOUT = 4, 1, 3
"""Fields of FileMetaData, RowGroup and ColumnChunk (parquet.thrift)."""
INDEXES = ((4, 5), (6, 7))
"""Fields of ColumnChunk: where an index begins, and how long it is."""
NUMBER, DATA, DICTIONARY, BLOOM = 5, 9, 11, 14
"""Fields of ColumnMetaData."""
COMPRESSED, PAGES_OF_DATA, FIRST = 3, (5, 8), 1
"""Fields of PageHeader, and the first one of the headers of pages of data and of a filter."""


@dataclass
class _Column:
    """Hold the numbers that the footer has of one column of a row group, by their fields.

    `written` is how it says so.
    """

    chunk: dict[int, int] = field(default_factory=dict)
    about: dict[int, int] = field(default_factory=dict)
    written: bytes = b""


def spare_bytes(file: BinaryIO) -> int:
    """Return how many bytes of a Parquet file belong to no column, index, filter or footer.

    Raises:
        ValueError, IndexError, KeyError: it is not what it says.
    """
    size = file.seek(0, SEEK_END)
    file.seek(size - 2 * MARK)
    length = int.from_bytes(file.read(MARK), "little")
    file.seek(size - 2 * MARK - length)
    columns = list(_columns(file.read(length)))
    taken = [part for column in columns for part in _parts(file, column)]
    end = MARK
    spare = 0
    for start, long in [*sorted(taken), (size - 2 * MARK - length, 0)]:
        spare += max(0, start - end)
        end = max(end, start + long)
    return spare


def _columns(footer: bytes) -> Iterator[_Column]:
    fields = Fields(footer)
    for number, kind in fields.each():
        if number != ROW_GROUPS:
            fields.skip(kind)
            continue
        for _group in fields.structs():
            for inner, inner_kind in fields.each():
                if inner != COLUMNS:
                    fields.skip(inner_kind)
                    continue
                for _column in fields.structs():
                    yield _column_of(fields)


def _column_of(fields: Fields) -> _Column:
    found = _Column()
    for number, kind in fields.each():
        if number == ABOUT and kind == STRUCT:
            start = fields.read
            for inner, inner_kind in fields.each():
                _note(fields, found.about, inner, inner_kind)
            found.written = fields.since(start)
        else:
            _note(fields, found.chunk, number, kind)
    return found


def _note(fields: Fields, numbers: dict[int, int], number: int, kind: int) -> None:
    if fields.is_whole(kind):
        numbers[number] = fields.whole()
    else:
        fields.skip(kind)


def _parts(file: BinaryIO, column: _Column) -> Iterator[tuple[int, int]]:
    """Return where each part of a column begins, and how long it is."""
    about = column.about
    start = min(about[DATA], about.get(DICTIONARY) or about[DATA])
    length = _length_of_pages(file, start, about[NUMBER])
    yield start, length
    file.seek(start + length)
    if file.read(len(column.written)) == column.written:
        # Some writers repeat behind a column what the footer says of it.
        yield start + length, len(column.written)
    for begins, long in INDEXES:
        if begins in column.chunk:
            index = _header(file, column.chunk[begins], column.chunk.get(long, 0))
            index.skip(STRUCT)
            yield column.chunk[begins], index.read
    if BLOOM in about:
        header = _header(file, about[BLOOM], LONGEST_HEADERS[0])
        yield about[BLOOM], _first(header) + header.read


def _length_of_pages(file: BinaryIO, start: int, cells: int) -> int:
    """Return how long the pages are that hold so many cells."""
    at, held = start, 0
    while held < cells:
        length, more = _page(file, at)
        at, held = at + length, held + more
    return at - start


def _page(file: BinaryIO, at: int) -> tuple[int, int]:
    """Return how long a page is, and how many cells it holds."""
    try:
        return _page_of(_header(file, at, LONGEST_HEADERS[0]))
    except IndexError:
        return _page_of(_header(file, at, LONGEST_HEADERS[1]))


def _page_of(fields: Fields) -> tuple[int, int]:
    long = held = 0
    for number, kind in fields.each():
        if number == COMPRESSED:
            long = fields.whole()
        elif number in PAGES_OF_DATA and kind == STRUCT:
            held = _first(fields)
        else:
            fields.skip(kind)
    if min(long, held) < 0:
        raise ValueError
    return fields.read + long, held


def _header(file: BinaryIO, at: int, longest: int) -> Fields:
    file.seek(at)
    return Fields(file.read(longest))


def _first(fields: Fields) -> int:
    """Return the first number of a struct."""
    found = 0
    for number, kind in fields.each():
        if number == FIRST:
            found = fields.whole()
        else:
            fields.skip(kind)
    return found
