"""Do the work of a drawing: connect, stream, write, keep.

Outside any transaction: only taking a drawing, saying how far it is and keeping its table are acts
of their own. Whatever is killed in between leaves a drawing whose lease runs out, and no version.
"""

import errno
import logging
from contextlib import closing
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.conf import settings

from desensitize.errors import TableError
from desensitize.tables import Limits, TableInfo, describe
from marketplace.catalog.feed.form import examined_first
from marketplace.catalog.source.adapters import SENTENCES
from marketplace.catalog.source.connections import login_of
from marketplace.catalog.source.drivers.contract import Source, SourceColumn, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from marketplace.catalog.source.extracting import extract
from marketplace.catalog.source.extraction import Extracted
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.services import (
    beat_drawing,
    fail_drawing,
    finish_drawing,
    take_drawing,
)
from marketplace.catalog.source.writing import BATCH_ROWS, Drawn, refuse_unfit, write_rows
from marketplace.catalog.version.reading import CleanTable
from marketplace.core import Actor, Door, NotFound, Refusal, WrongState
from marketplace.core.faults import DATABASE_AWAY
from marketplace.core.heartbeat import Heartbeat, LeaseLost
from marketplace.vault.incoming import encrypt_path
from marketplace.vault.services import work_folder

log = logging.getLogger(__name__)

GRACE_SECONDS = 30
"""How much longer than the limit a server may be silent before the connection is cut."""


def execute_drawing(drawing_id: UUID) -> None:
    """Take a drawing that waits and do it; one that does not wait is left alone."""
    by = Actor.system(Door.TASK)
    try:
        drawing = take_drawing(drawing_id, by=by)
    except (NotFound, WrongState):
        log.info("Drawing %s does not wait for a worker.", drawing_id)
        return
    try:
        with work_folder() as folder:
            _draw(drawing, folder, by)
    except LeaseLost:
        log.info("Drawing %s was cancelled or taken over.", drawing_id)
    except DATABASE_AWAY:
        # The centre's own database went away: the lease runs out, and it is taken up again.
        raise
    except Exception as error:
        _fail(drawing, error, by)


def _draw(drawing: Drawing, folder: Path, by: Actor) -> None:
    source, target = drawing.source, folder / "drawn.parquet"
    limits = Limits(
        max_bytes=settings.CENTRE["UPLOAD_MAX_BYTES"],
        max_rows=settings.CENTRE["UPLOAD_MAX_ROWS"],
        max_columns=settings.CENTRE["UPLOAD_MAX_COLUMNS"],
        max_seconds=settings.CENTRE["SOURCE_MAX_SECONDS"],
    )
    seconds = int(limits.max_seconds)
    deadline = monotonic() + seconds + GRACE_SECONDS
    login = login_of(source)
    with opened(source.kind, source.host, source.port, login, seconds=seconds) as database:

        def say(rows: int) -> None:
            if monotonic() > deadline:
                # The server keeps no limit of time, and says nothing either.
                database.abort()
            beat_drawing(drawing.pk, attempt=drawing.attempt, rows=rows, by=by)

        name = f"drawing-{drawing.pk}"
        with Heartbeat(say, 0, name=name, on_loss=database.abort) as heartbeat:
            try:
                drawn = _written(drawing, database, target, limits, heartbeat)
            except SourceError:
                # Once the socket is shut down, the stream breaks like any other.
                if heartbeat.is_lost:
                    raise LeaseLost from None
                if monotonic() > deadline:
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
    drawing: Drawing, source: Source, target: Path, limits: Limits, heartbeat: Heartbeat[int]
) -> Drawn | Extracted:
    if drawing.extraction:
        return extract(drawing, source, target, limits=limits, tell=heartbeat.tell)
    return _stream(drawing, source, target, limits, heartbeat)


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
    drawing: Drawing, source: Source, target: Path, limits: Limits, heartbeat: Heartbeat[int]
) -> Drawn:
    table = TableName(drawing.schema, drawing.table)
    columns = _chosen(source.columns(table), drawing.columns)
    refuse_unfit(columns, limits)
    # One more than is allowed, so that too many are told and not cut off.
    most = limits.max_rows + 1
    rows = source.rows(table, columns, limit=min(drawing.row_limit or most, most), batch=BATCH_ROWS)
    with closing(rows):
        return write_rows(rows, columns, target, limits=limits, progress=heartbeat.tell)


def _chosen(found: list[SourceColumn], names: list[str]) -> list[SourceColumn]:
    by_name = {column.name: column for column in found}
    if not set(names) <= set(by_name):
        raise SourceError("no-such-column")
    return [by_name[name] for name in names]


def _fail(drawing: Drawing, error: Exception, by: Actor) -> None:
    parameters: dict[str, str | int | float] = {}
    if isinstance(error, SourceError | TableError):
        code, parameters = error.code, dict(error.parameters)
    elif isinstance(error, WrongState):
        code = error.code if error.code in SENTENCES else "dataset-closed"
    elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        code = "disk-full"
    else:
        code = "unexpected"
    if code == "unexpected":
        # Neither the driver's words nor a cell: only where it happened.
        log.error("Drawing %s failed: %s.", drawing.pk, type(error).__name__)
    try:
        fail_drawing(drawing.pk, attempt=drawing.attempt, error=code, parameters=parameters, by=by)
    except Refusal:
        log.info("Drawing %s was cancelled or taken over.", drawing.pk)
