"""Do the work of a drawing: connect, stream, write, keep."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from django.conf import settings

from desensitize.errors import TableError
from desensitize.tables import Limits, TableInfo, describe
from marketplace.catalog.drawing.extracting import extract
from marketplace.catalog.drawing.services import finish_drawing
from marketplace.catalog.feed.form import examined_first
from marketplace.catalog.source.adapters import SENTENCES
from marketplace.catalog.source.connections import login_of
from marketplace.catalog.source.drivers.contract import Source, SourceColumn, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from marketplace.catalog.source.extraction import Extracted
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.catalog.source.writing import BATCH_ROWS, Drawn, refuse_unfit, write_rows
from marketplace.catalog.version.reading import CleanTable
from marketplace.core import Actor
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.heartbeat import Heartbeat, LeaseLost
from marketplace.vault.incoming import encrypt_path

GRACE_SECONDS = 30
"""How much longer than the limit a server may be silent before the connection is cut."""


REASONS = Reasons((SourceError, TableError), SENTENCES, refused="dataset-closed")


def execute_drawing(drawing_id: UUID) -> None:
    """Do a drawing that waits; any other is left alone."""
    execute_job(drawing_id, queue=DRAWINGS, work=_draw, reasons=REASONS)


def _draw(drawing: Drawing, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    source, target = drawing.source, folder / "drawn.parquet"
    limits = Limits(
        max_bytes=settings.CENTRE["UPLOAD_MAX_BYTES"],
        max_rows=settings.CENTRE["UPLOAD_MAX_ROWS"],
        max_columns=settings.CENTRE["UPLOAD_MAX_COLUMNS"],
        max_seconds=settings.CENTRE["SOURCE_MAX_SECONDS"],
    )
    seconds = int(limits.max_seconds)
    login = login_of(source)
    with (
        opened(source.kind, source.host, source.port, login, seconds=seconds) as database,
        # The server may keep no limit of time, and say nothing either.
        heartbeat.waking(database.abort, after=seconds + GRACE_SECONDS),
    ):
        try:
            drawn = _written(drawing, database, target, limits, heartbeat)
        except SourceError:
            # Once the socket is shut down, the stream breaks like any other.
            if heartbeat.is_lost:
                raise LeaseLost from None
            if heartbeat.is_late:
                raise SourceError("timed-out") from None
            raise
        info = describe(target)
        extracted = drawn if isinstance(drawn, Extracted) else None
        table = _clean_table(drawing, target, info, extracted)
        table = examined_first(drawing.source.dataset_id, table)
        clean = encrypt_path(target)
    try:
        finish_drawing(
            drawing.pk,
            attempt=drawing.attempt,
            table=table,
            clean=clean,
            blanked=drawn.blanked,
            extracted=extracted,
            by=by,
        )
    finally:
        clean.discard()


def _written(
    drawing: Drawing, source: Source, target: Path, limits: Limits, heartbeat: Heartbeat
) -> Drawn | Extracted:
    most = drawing.row_limit

    def tell(rows: int) -> None:
        heartbeat.report(min(1.0, rows / most) if most else 0.0, rows=rows)

    if drawing.extraction:
        return extract(drawing, source, target, limits=limits, tell=tell)
    return _stream(drawing, source, target, limits, tell)


def _clean_table(
    drawing: Drawing, target: Path, info: TableInfo, extracted: Extracted | None
) -> CleanTable:
    name = f"{drawing.schema}.{drawing.table}"
    if extracted is None:
        return CleanTable(target, info, info.sha256, name, says_same=True)
    mark = extracted.watermark.to_dict()
    digest = extracted.same_as or info.sha256
    return CleanTable(target, info, digest, name, mark, says_same=True)


def _stream(
    drawing: Drawing,
    source: Source,
    target: Path,
    limits: Limits,
    tell: Callable[[int], None],
) -> Drawn:
    table = TableName(drawing.schema, drawing.table)
    columns = _chosen(source.columns(table), drawing.columns)
    refuse_unfit(columns, limits)
    # One more than is allowed, so that too many are told and not cut off.
    most = limits.max_rows + 1
    rows = source.rows(table, columns, limit=min(drawing.row_limit or most, most), batch=BATCH_ROWS)
    with closing(rows):
        return write_rows(rows, columns, target, limits=limits, progress=tell)


def _chosen(found: list[SourceColumn], names: list[str]) -> list[SourceColumn]:
    by_name = {column.name: column for column in found}
    if not set(names) <= set(by_name):
        raise SourceError("no-such-column")
    return [by_name[name] for name in names]
