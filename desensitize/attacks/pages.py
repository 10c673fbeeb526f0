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

from desensitize.attacks.layout import LONGEST_HEADERS, spare_bytes
from desensitize.attacks.thrift import STRUCT, Fields
from desensitize.errors import TableError

DICTIONARY, VALUES = 7, 1
"""Fields of PageHeader and of DictionaryPageHeader (parquet.thrift)."""
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
            if spare_bytes(plain):
                found.append("it holds bytes that belong to none of its columns")
            return found
    except (
        *(pa.ArrowException, pl.exceptions.PolarsError),
        *(OSError, ValueError, IndexError, KeyError),
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
            held = _held(plain.read(LONGEST_HEADERS[0]))
            values = file.read_row_group(group, columns=[chunk.path_in_schema]).column(0)
            if pa.types.is_dictionary(values.type):
                values = values.cast(values.type.value_type)
            said = pl.Series(values).drop_nulls()
            spare = SAME_NUMBERS if said.dtype.is_float() else 0
            if held > said.n_unique() + spare:
                yield chunk.path_in_schema


def _held(header: bytes) -> int:
    """Return how many values the page of a dictionary says that it has."""
    fields = Fields(header)
    for number, kind in fields.each():
        if number == DICTIONARY and kind == STRUCT:
            for inner, inner_kind in fields.each():
                if inner == VALUES:
                    return fields.whole()
                fields.skip(inner_kind)
        fields.skip(kind)
    return 0
