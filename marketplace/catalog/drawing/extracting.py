"""Draw new and changed rows of a table, and apply them to what was drawn before.

All is read in one snapshot. What cannot be told from new and changed rows alone is found by
counting there, and then the whole table is drawn instead: nothing is lost, it only takes longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desensitize.errors import TableError
from desensitize.tables import Limits
from desensitize.tables.header import checked_names
from marketplace.catalog.feed.selectors import Base, base_of
from marketplace.catalog.source.composing import Composed, Shape, compose, keys_of
from marketplace.catalog.source.drivers.contract import Source, SourceColumn, Span, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.extraction import (
    Extracted,
    Extraction,
    Mode,
    Watermark,
    Whole,
)
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.writing import BATCH_ROWS, refuse_unfit, write_rows
from marketplace.vault.services import open_stored

Tell = Callable[[int], None]
LOW = 0xFFFFFFFF


def extract(
    drawing: Drawing, source: Source, target: Path, *, limits: Limits, tell: Tell
) -> Extracted:
    """Write the table of before with its new and changed rows, or else the whole table.

    Raises:
        SourceError: a column is none that rows can be told by (`unfit-key`, `unfit-change`,
            `unfit-deleted`), a key is missing or stands twice, or as for any drawing.
        TableError: as for any drawing.
    """
    base = base_of(drawing.source, drawing.extraction, _wanted(drawing))
    # Before the first look at the table: what is committed in between is drawn again.
    now = source.clock()
    work = _work(drawing, source, target, limits, tell, now)
    if isinstance(base, Base):
        with (
            open_stored(base.version.file) as stored,
            pq.ParquetFile(pa.PythonFile(stored, mode="r")) as before,
        ):
            why = _why_whole(work, base, before.schema_arrow)
            found = work.increment(base, before) if not why else None
        if found is not None:
            return found
        return work.whole(why or Whole.ROWS)
    return work.whole(base)


def _wanted(drawing: Drawing) -> dict[str, Any]:
    return {
        "schema": drawing.schema,
        "table": drawing.table,
        "columns": drawing.columns,
        "row_limit": drawing.row_limit,
    }


def _why_whole(work: Work, base: Base, before: pa.Schema) -> Whole | None:
    if not before.remove_metadata().equals(work.shape.schema):
        return Whole.COLUMNS
    if work.how.mode == Mode.KEY:
        known = (base.mark.rows, base.mark.total)
        return None if work.totals(upto=int(base.mark.last)) == known else Whole.ROWS
    return Whole.CLOCK if work.now < datetime.fromisoformat(base.mark.last) else None


@dataclass(frozen=True)
class Work:
    """One drawing at its work: from where, of what, to where."""

    source: Source
    table: TableName
    how: Extraction
    columns: Sequence[SourceColumn]
    shape: Shape
    moment: str
    target: Path
    limits: Limits
    tell: Tell
    now: datetime

    def whole(self, why: Whole) -> Extracted:
        """Draw every row."""
        with self._drawn(None) as (path, blanked):
            composed = compose(None, path, self.target, shape=self._applied())
            self._refuse_bounds(composed)
            mark = replace(self._mark(path, None), since_listing=0)
        return Extracted(blanked, None, why, mark)

    def increment(self, base: Base, before: pq.ParquetFile) -> Extracted | None:
        """Draw new and changed rows; None where the table does not follow from them alone."""
        mark = base.mark
        lists = 0 < self.how.list_every <= mark.since_listing + 1
        with self._drawn(self._span(mark)) as (path, blanked):
            listed = self._listed() if lists else None
            composed = compose(before, path, self.target, shape=self._applied(), listed=listed)
            brought = pq.read_metadata(path).num_rows
            mark = self._mark(path, mark)
        if self.how.mode == Mode.CHANGE and not self._is_whole(composed, lists=lists):
            return None
        self._refuse_bounds(composed)
        return Extracted(
            blanked,
            brought,
            "",
            replace(mark, since_listing=0 if lists else mark.since_listing + 1),
            base.version.pk,
            base.version.upload_sha256 if composed.is_same else "",
        )

    def totals(self, *, upto: int | None = None) -> tuple[int, int]:
        """Count the rows there that are not gone, and add their keys up, where they are numbers."""
        key = self.how.key[0] if self.counts_keys else ""
        gone = next((each for each in self.columns if each.name == self.shape.gone), None)
        return self.source.totals(self.table, key=key, upto=upto, gone=gone)

    @property
    def counts_keys(self) -> bool:
        """Return whether the key is one whole number, so that its sum tells more than a count."""
        kinds = [self.shape.schema.field(name).type for name in self.shape.key]
        return len(kinds) == 1 and _is_whole_number(kinds[0])

    def _is_whole(self, composed: Composed, *, lists: bool) -> bool:
        there, total = self.totals()
        if lists or self.how.deleted or not self.how.list_every:
            # A row that went and one that came late would leave their number as it was.
            return (composed.rows, self._total(composed)) == (there, total)
        # Rows that went are not known before the next listing; none may be missing.
        return composed.rows >= there

    def _total(self, composed: Composed) -> int:
        if not self.counts_keys or not composed.rows:
            return 0
        return sum(_sum(column) for column in _column(self.target, self.shape.key[0]))

    def _span(self, mark: Watermark) -> Span:
        if self.how.mode == Mode.KEY:
            return Span(self.how.key[0], above=int(mark.last))
        since = datetime.fromisoformat(mark.last) - timedelta(minutes=self.how.overlap_minutes)
        kind = next(each.kind for each in self.columns if each.name == self.moment)
        return Span(self.how.changed_at, since=since.date() if pa.types.is_date(kind) else since)

    def _applied(self) -> Shape:
        # By key rows are added alone: none that has been drawn is looked for again.
        return self.shape if self.how.mode == Mode.CHANGE else replace(self.shape, key=())

    @contextmanager
    def _drawn(self, span: Span | None) -> Iterator[tuple[Path, int]]:
        path = self.target.with_name("drawn-rows.parquet")
        rows = self.source.rows(
            self.table, self.columns, limit=self.limits.max_rows + 1, batch=BATCH_ROWS, span=span
        )
        with closing(rows):
            drawn = write_rows(
                rows,
                self.columns,
                path,
                limits=self.limits,
                progress=self.tell,
                may_be_empty=span is not None,
            )
        try:
            yield path, drawn.blanked
        finally:
            path.unlink()

    def _listed(self) -> Any:
        path = self.target.with_name("listed-keys.parquet")
        names = {*self.shape.key, self.shape.gone}
        columns = [column for column in self.columns if column.name in names]
        rows = self.source.rows(
            self.table, columns, limit=self.limits.max_rows + 1, batch=BATCH_ROWS
        )
        with closing(rows):
            write_rows(
                rows, columns, path, limits=self.limits, progress=self.tell, may_be_empty=True
            )
        try:
            return keys_of(path, self.shape)
        finally:
            path.unlink()

    def _mark(self, path: Path, before: Watermark | None) -> Watermark:
        if self.how.mode == Mode.KEY:
            return _number_mark(path, self.shape.key[0], before)
        return _moment_mark(path, self.moment, before, self.now)

    def _refuse_bounds(self, composed: Composed) -> None:
        if not composed.rows:
            raise SourceError("no-rows")
        if composed.rows > self.limits.max_rows:
            raise TableError("too-many-rows", limit=self.limits.max_rows)
        if self.target.stat().st_size > self.limits.max_bytes:
            raise TableError("result-too-large", limit=self.limits.max_bytes)


def _work(
    drawing: Drawing, source: Source, target: Path, limits: Limits, tell: Tell, now: datetime
) -> Work:
    how = Extraction.of(drawing.extraction)
    table = TableName(drawing.schema, drawing.table)
    found = {column.name: column for column in source.columns(table)}
    asked = [*drawing.columns, *how.key, *filter(None, (how.changed_at, how.deleted))]
    if not set(asked) <= set(found):
        raise SourceError("no-such-column")
    kept = [found[name] for name in drawing.columns]
    drawn = list(kept)
    if how.changed_at and how.changed_at not in drawing.columns:
        drawn.append(found[how.changed_at])
    refuse_unfit(drawn, limits)
    gone = ""
    if how.deleted:
        gone = _free_name({column.name for column in drawn})
        drawn.append(_flag(source, found[how.deleted], gone))
    _refuse_kinds(how, found)
    names = checked_names([column.name for column in drawn], limits)
    # There they are asked for by the names of before, here they are read by those of after.
    written = {column.name: name for column, name in zip(drawn, names, strict=True)}
    drawn = [replace(column, name=written[column.name]) for column in drawn]
    schema = pa.schema([(column.name, column.kind) for column in drawn[: len(kept)]])
    return Work(
        source,
        table,
        how,
        drawn,
        Shape(schema, tuple(written[name] for name in how.key), gone),
        written.get(how.changed_at, ""),
        target,
        limits,
        tell,
        now,
    )


def _refuse_kinds(how: Extraction, found: dict[str, SourceColumn]) -> None:
    if how.mode == Mode.KEY and not _is_whole_number(found[how.key[0]].kind):
        raise SourceError("unfit-key", column=how.key[0])
    if how.mode == Mode.CHANGE and not _is_moment(found[how.changed_at].kind):
        raise SourceError("unfit-change", column=how.changed_at)


def _is_whole_number(kind: pa.DataType | None) -> bool:
    if kind is None:
        return False
    return bool(pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0))


def _is_moment(kind: pa.DataType | None) -> bool:
    return kind is not None and bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _free_name(taken: set[str]) -> str:
    name = "deleted"
    while name.casefold() in {each.casefold() for each in taken}:
        name += "_"
    return name


def _flag(source: Source, column: SourceColumn, name: str) -> SourceColumn:
    """Return a column that is true for rows that a column calls deleted."""
    quoted, kind = source.quoted(column.name), column.kind
    if kind is not None and pa.types.is_boolean(kind):
        test = quoted
    elif _is_whole_number(kind):
        test = f"{quoted} <> 0"
    elif _is_moment(kind):
        test = f"{quoted} IS NOT NULL"
    else:
        raise SourceError("unfit-deleted", column=column.name)
    return SourceColumn(name, "boolean", pa.bool_(), f"CASE WHEN {test} THEN 't' ELSE 'f' END")


def _number_mark(path: Path, key: str, before: Watermark | None) -> Watermark:
    last = int(before.last) if before else None
    rows, total = (before.rows, before.total) if before else (0, 0)
    for column in _column(path, key):
        if column.null_count:
            raise SourceError("key-empty")
        if len(column):
            greatest = int(pc.max(column).as_py())
            last = greatest if last is None else max(last, greatest)
            rows, total = rows + len(column), total + _sum(column)
    since = before.since_listing if before else 0
    return Watermark(str(last if last is not None else 0), rows, total, since)


def _sum(column: pa.Array) -> int:
    """Add whole numbers up, however great."""
    if pa.types.is_decimal(column.type):
        return sum(int(value) for value in column.to_pylist())
    if column.type != pa.uint64():
        column = column.cast(pa.int64())
    shift = pa.scalar(32, column.type)
    high = pc.sum(pc.shift_right(column, shift)).as_py()
    low = pc.sum(pc.bit_wise_and(column, pa.scalar(LOW, column.type))).as_py()
    return (int(high) << 32) + int(low)


def _moment_mark(path: Path, name: str, before: Watermark | None, now: datetime) -> Watermark:
    """Return the latest moment that was seen, but none that lies ahead of the database's clock."""
    seen = [pc.max(column).as_py() for column in _column(path, name)]
    moments = [_plain(value) for value in seen if value is not None]
    if before is not None:
        moments.append(datetime.fromisoformat(before.last))
    last = min(max(moments, default=now), now)
    return Watermark(last.isoformat(), since_listing=before.since_listing if before else 0)


def _plain(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.combine(value, datetime.min.time())


def _column(path: Path, name: str) -> Iterator[pa.Array]:
    with pq.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(BATCH_ROWS, columns=[name]):
            yield batch.column(0)
