"""What the pages of a Parquet file hold that none of its rows says.

A column may come with a dictionary of its values, and a writer may leave values in it that no row
has: those of rows that were left out, or of the column as it was before it was masked.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from desensitize.errors import TableError

LONGEST_HEADER = 8_192
"""Of a page; what it says of the least and the greatest value may be long."""
TYPE, DICTIONARY, VALUES = 1, 7, 1
"""Fields of PageHeader and of DictionaryPageHeader (parquet.thrift)."""
DICTIONARY_PAGE = 2
TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
"""Types of Thrift's compact protocol; those between are numbers of variable length."""
SAME_NUMBERS = 2
"""0 and −0, and numbers that are none, are told apart by a dictionary alone."""


def page_findings(path: Path) -> list[str]:
    """Return what a Parquet file holds beside its rows: values of no row, bytes of no column.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        with pq.ParquetFile(path) as file, path.open("rb") as plain:
            found = [
                f"the dictionary of the column “{name}” holds values that no row has"
                for name in dict.fromkeys(_unsaid(file, plain))
            ]
            if _is_larger(file.metadata, path.stat().st_size):
                found.append("it holds bytes that belong to none of its columns")
            return found
    except (
        *(pa.ArrowException, pl.exceptions.PolarsError),
        *(OSError, ValueError, IndexError),
    ) as error:
        raise TableError("unreadable-table") from error


def _unsaid(file: pq.ParquetFile, plain: BinaryIO) -> Iterator[str]:
    metadata = file.metadata
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for place in range(row_group.num_columns):
            chunk = row_group.column(place)
            is_plain = chunk.path_in_schema == metadata.schema.column(place).name
            if not (is_plain and chunk.has_dictionary_page):
                continue
            plain.seek(chunk.dictionary_page_offset)
            held = _held(plain.read(LONGEST_HEADER))
            values = file.read_row_group(group, columns=[chunk.path_in_schema]).column(0)
            if pa.types.is_dictionary(values.type):
                values = values.cast(values.type.value_type)
            said = pl.Series(values).drop_nulls()
            spare = SAME_NUMBERS if said.dtype.is_float() else 0
            if held > said.n_unique() + spare:
                yield chunk.path_in_schema


def _is_larger(metadata: pq.FileMetaData, size: int) -> bool:
    """Return whether bytes are left that neither columns nor the footer take.

    Indexes stand apart from both, and pyarrow does not say how long they are.
    """
    chunks = [
        metadata.row_group(group).column(place)
        for group in range(metadata.num_row_groups)
        for place in range(metadata.num_columns)
    ]
    if any(one.has_column_index or one.has_offset_index for one in chunks):
        return False
    marks = 4 + 4 + 4
    taken = sum(one.total_compressed_size for one in chunks)
    is_larger: bool = size > taken + metadata.serialized_size + marks
    return is_larger


def _held(header: bytes) -> int:
    """Return how many values the page of a dictionary says that it has."""
    fields = _Fields(header)
    for number, kind in fields.each():
        if number == DICTIONARY and kind == STRUCT:
            for inner, inner_kind in fields.each():
                if inner == VALUES:
                    return fields.whole()
                fields.skip(inner_kind)
        fields.skip(kind)
    return 0


class _Fields:
    """Read a struct of Thrift's compact protocol."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def each(self) -> Iterator[tuple[int, int]]:
        """Hand out number and type of each field; the caller reads or skips it."""
        number = 0
        while byte := self._byte():
            number = number + (byte >> 4) if byte >> 4 else self.whole()
            yield number, byte & 15

    def whole(self) -> int:
        """Read a number (zigzag)."""
        number = self._length()
        return (number >> 1) ^ -(number & 1)

    def skip(self, kind: int) -> None:
        """Read over a field."""
        if kind in (TRUE, FALSE):
            return
        if kind == BYTE:
            self._at += 1
        elif kind == DOUBLE:
            self._at += 8
        elif kind == BINARY:
            self._at += self._length()
        elif kind in (LIST, SET):
            self._skip_list()
        elif kind == STRUCT:
            for _number, inner in self.each():
                self.skip(inner)
        else:
            self._length()

    def _skip_list(self) -> None:
        byte = self._byte()
        size = byte >> 4 if byte >> 4 < 15 else self._length()
        for _each in range(size):
            self.skip(byte & 15)

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _length(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
