"""Read rows of a Parquet file by row number: bought columns and rows alone, a few at a time.

Nothing is written anywhere: the file is decrypted as it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import IOBase
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Condition, Projection
from marketplace.core import Invalid

SCANNED_ROWS = 2_000_000
"""So many rows one request looks at; where fewer are found, the next request goes on from there."""

DECODED_ROWS = 16_384
"""So many rows are decoded at a time, so that a short page leaves the rest of its row group."""

PAGE_BYTES = 64 * 1024 * 1024
"""A page with so many bytes in memory is full, however few rows it has."""

COMPARISONS = {
    "eq": pc.equal,
    "ne": pc.not_equal,
    "lt": pc.less,
    "le": pc.less_equal,
    "gt": pc.greater,
    "ge": pc.greater_equal,
}


@dataclass(frozen=True)
class Question:
    """What is asked of a table: these columns (none: all), of rows after `after`, at most `limit`.

    Rows are counted from 1 in the order of the file, which never changes.
    """

    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    after: int = 0
    limit: int = 1000


@dataclass(frozen=True)
class Page:
    """The rows that were found. `next_after` is where the next page begins; None at the end."""

    table: Any
    next_after: int | None


def page_of(file: BinaryIO | IOBase, question: Question, projection: Projection) -> Page:
    """Return a page of what was bought.

    Raises:
        Invalid: a column is none that was bought (`unknown-column`), or a value cannot be compared
            with its column (`bad-condition`).
    """
    with pq.ParquetFile(pa.PythonFile(file, mode="r")) as parquet:
        names = tuple(parquet.schema_arrow.names)
        bought = projection.columns or names
        wanted = question.columns or bought
        for name in (*wanted, *(condition.column for condition in question.conditions)):
            if name not in bought:
                raise _unknown(name, bought)
        conditions = (*projection.rows, *question.conditions)
        needed = list(dict.fromkeys((*wanted, *(one.column for one in conditions))))
        found, next_after, counted, size = [], None, 0, 0
        last = _last_row(parquet, projection)
        for start, table in _pieces(parquet, needed, question.after, last, DECODED_ROWS):
            room = question.limit - counted
            places = _matching(table, conditions)
            part, goes_on_at = _cut(
                table.select(list(wanted)), places, question.after - start, room=room
            )
            found.append(part)
            counted, size = counted + len(part), size + part.nbytes
            end = start + len(table)
            if goes_on_at is not None:
                next_after = start + goes_on_at
                break
            if end >= last:
                break
            if counted >= question.limit or size >= PAGE_BYTES or end >= _scan_end(question):
                next_after = end
                break
        empty = _plain_columns(parquet.schema_arrow.empty_table().select(list(wanted)))
        return Page(pa.concat_tables(found) if found else empty, next_after)


def _cut(table: Any, places: Any, after: int, *, room: int) -> tuple[Any, int | None]:
    """Return rows after one, as many as there is room for, and where the rest begins, if any is.

    They are those at some places; None means all, which lie together and need not be copied.
    """
    if places is None:
        begin = max(after, 0)
        is_full = len(table) - begin > room
        return table.slice(begin, room), begin + room if is_full else None
    places = pc.filter(places, pc.greater_equal(places, after))
    is_full = len(places) > room
    places = places.slice(0, room)
    return table.take(places), places[-1].as_py() + 1 if is_full else None


def _scan_end(question: Question) -> int:
    return question.after + SCANNED_ROWS


def parts_of(file: BinaryIO | IOBase, projection: Projection) -> Iterator[Any]:
    """Yield the table of what a projection leaves, piece by piece, at least one piece.

    Raises:
        Invalid: it names a column that is not there, or compares one with what it cannot hold.
    """
    with pq.ParquetFile(pa.PythonFile(file, mode="r")) as parquet:
        names = tuple(parquet.schema_arrow.names)
        wanted = projection.columns or names
        for name in (*wanted, *(condition.column for condition in projection.rows)):
            if name not in names:
                raise _unknown(name, names)
        needed = list(dict.fromkeys((*wanted, *(one.column for one in projection.rows))))
        yield _plain_columns(parquet.schema_arrow.empty_table().select(list(wanted)))
        for _start, table in _pieces(parquet, needed, 0, _last_row(parquet, projection)):
            places, part = _matching(table, projection.rows), table.select(list(wanted))
            yield part if places is None else part.take(places)


def _last_row(parquet: Any, projection: Projection) -> int:
    rows: int = parquet.metadata.num_rows
    return rows if projection.first is None else min(projection.first, rows)


def _pieces(
    parquet: Any, columns: list[str], after: int, last: int, most: int | None = None
) -> Iterator[tuple[int, Any]]:
    """Yield the rows after one and up to another, with a few before them.

    Each piece is at most a row group, or `most` rows of one, cut at the last; with each goes the
    number of rows before it.
    """
    start = 0
    for group in range(parquet.metadata.num_row_groups):
        rows = parquet.metadata.row_group(group).num_rows
        if start >= last:
            break
        if start + rows > after:
            batches = parquet.iter_batches(
                batch_size=most or rows, row_groups=[group], columns=columns, use_threads=False
            )
            end = start
            for batch in batches:
                begin, end = end, end + len(batch)
                if begin >= last:
                    break
                if end > after:
                    table = pa.Table.from_batches([batch]).select(columns)
                    yield begin, _plain_columns(table).slice(0, last - begin)
        start += rows


def _plain_columns(table: Any) -> Any:
    """Turn encodings of columns into the types of their values."""
    for position, field in enumerate(table.schema):
        plain = _plain_type(field.type)
        if plain != field.type:
            column = table.column(position).cast(plain)
            table = table.set_column(position, pa.field(field.name, plain), column)
    return table


def _plain_type(kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_string_view(kind) or pa.types.is_large_string(kind):
        return pa.string()
    return kind


def _matching(table: Any, conditions: tuple[Condition, ...]) -> Any:
    """Return the places of the rows that meet every condition; None where there is none."""
    mask = None
    for condition in conditions:
        met = _met(table.column(condition.column), condition)
        mask = met if mask is None else pc.and_(mask, met)
    if mask is None:
        return None
    return pc.indices_nonzero(pc.fill_null(mask, False))


def _met(column: Any, condition: Condition) -> Any:
    if condition.operator == "null":
        return pc.is_null(column)
    if condition.operator == "not-null":
        return pc.is_valid(column)
    if isinstance(condition.value, tuple):
        values = [_scalar(value, column.type, condition) for value in condition.value]
        return pc.is_in(column, value_set=pa.array([v.as_py() for v in values], column.type))
    compared = COMPARISONS[condition.operator]
    return compared(column, _scalar(condition.value, column.type, condition))


def _scalar(value: Any, kind: Any, condition: Condition) -> Any:
    """Turn a value into one of the column's type; a text may be a date, a time or a decimal."""
    fits = (
        isinstance(value, bool) == pa.types.is_boolean(kind)
        and not (isinstance(value, str) and _is_binary_number(kind))
        and (isinstance(value, str) or not pa.types.is_string(kind))
    )
    try:
        if fits:
            return pa.scalar(value).cast(kind)
    except (pa.ArrowException, OverflowError, ValueError):
        pass
    sentence = _("Column “%(column)s” holds %(type)s and cannot be compared with this value.") % {
        "column": condition.column,
        "type": str(kind),
    }
    raise Invalid(sentence, code="bad-condition", fields={"where": [sentence]})


def _is_binary_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _unknown(name: str, bought: tuple[str, ...]) -> Invalid:
    sentence = _("There is no column “%(column)s” among those that were bought: %(columns)s.") % {
        "column": name[:100],
        "columns": ", ".join(bought[:50]),
    }
    return Invalid(sentence, code="unknown-column", fields={"column": [sentence]})
