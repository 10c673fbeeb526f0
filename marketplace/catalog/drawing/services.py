"""Ask for drawings, cancel them, and keep what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.source.changes import request_drawing
from marketplace.catalog.source.events import DrawingFinished
from marketplace.catalog.source.extraction import Extracted
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.rules import (
    check_cancel_drawing,
    check_cancels,
    check_draw,
    check_start_drawing,
)
from marketplace.catalog.source.selectors import (
    active_drawing,
    drawings_visible_to,
    sources_visible_to,
)
from marketplace.catalog.source.states import SourceState
from marketplace.catalog.source.steps import DRAWINGS, about_drawing
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, Invalid, WrongState, locked
from marketplace.core.arguments import Names, Text, Whole
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import end_cancelled, end_done, held_job
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming

LONGEST_NAME = 128
Name = Annotated[str, Text(longest=LONGEST_NAME, is_stripped=False)]


@dataclass(frozen=True)
class Wanted:
    """What to draw: a table or view, columns of it, and at most how many rows (None: all)."""

    schema: Name
    table: Name
    columns: Annotated[
        Sequence[str],
        Names(
            label=gettext_lazy("Columns"), help=gettext_lazy("Choose what is needed and no more.")
        ),
    ]
    row_limit: Annotated[
        int | None,
        Whole(
            label=gettext_lazy("At most so many rows"),
            help=gettext_lazy("Leave this empty for all rows."),
            told="At most so many rows; null for all.",
            least=1,
        ),
    ] = None


@transaction.atomic
def start_drawing(source_id: UUID, *, wanted: Wanted, by: Actor) -> Drawing:
    """Ask a worker to draw a table as the newest version of the dataset.

    The same again while it is under way answers what is under way.

    Raises:
        NotFound: there is no such source among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the source is closed or busy, or the dataset is under review or retired.
        Invalid: no table or column is chosen, or the limit is none.
    """
    source = locked(sources_visible_to(by), pk=source_id)
    source.dataset = locked(datasets_visible_to(by), pk=source.dataset_id)
    check_draw(source, by)
    _check(wanted)
    existing = active_drawing(source)
    if existing is not None and _is_of(existing, wanted):
        return existing
    check_start_drawing(source, by)
    return request_drawing(
        source,
        schema=wanted.schema,
        table=wanted.table,
        columns=wanted.columns,
        row_limit=wanted.row_limit,
        by=by,
    )


@transaction.atomic
def cancel_drawing(drawing_id: UUID, *, by: Actor) -> Drawing:
    """End a drawing that waits or works. Cancelling it again changes nothing.

    A worker that is busy with it is cut off from the database at its next heartbeat.

    Raises:
        NotFound: there is no such drawing among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    drawing = locked(drawings_visible_to(by), pk=drawing_id)
    check_cancels(drawing, by)
    if drawing.state == JobState.CANCELLED:
        return drawing
    check_cancel_drawing(drawing, by)
    end_cancelled(drawing, queue=DRAWINGS, by=by)
    return drawing


def _check(wanted: Wanted) -> None:
    wrong: dict[str, list[str]] = {}
    names = (wanted.schema, wanted.table, *wanted.columns)
    if not wanted.schema or not wanted.table:
        wrong["table"] = [_("Choose a table or view.")]
    if not wanted.columns:
        wrong["columns"] = [_("Choose at least one column.")]
    elif len(set(wanted.columns)) != len(wanted.columns):
        wrong["columns"] = [_("Choose each column once.")]
    elif len(wanted.columns) > settings.CENTRE["UPLOAD_MAX_COLUMNS"]:
        most = settings.CENTRE["UPLOAD_MAX_COLUMNS"]
        wrong["columns"] = [_("Choose at most %(most)d columns.") % {"most": most}]
    if any(len(name) > LONGEST_NAME or "\x00" in name for name in names):
        wrong["table"] = [_("There is no such table or column.")]
    if wanted.row_limit is not None and not 0 < wanted.row_limit < 2**63:
        wrong["row_limit"] = [_("Write a whole number above 0, or leave this empty for all rows.")]
    if wrong:
        raise Invalid(_("The drawing needs corrections."), fields=wrong)


def _is_of(drawing: Drawing, wanted: Wanted) -> bool:
    return (drawing.schema, drawing.table, drawing.columns, drawing.row_limit) == (
        wanted.schema,
        wanted.table,
        list(wanted.columns),
        wanted.row_limit,
    )


@transaction.atomic
def finish_drawing(
    drawing_id: UUID,
    *,
    attempt: int,
    table: CleanTable,
    clean: Incoming,
    blanked: int,
    extracted: Extracted | None = None,
    by: Actor,
) -> Drawing:
    """Keep what was drawn as the newest source version of the dataset, all or nothing.

    Where the drawing ended is kept with it, and so once or not at all.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
        WrongState: the drawing was cancelled, or another worker has it; or the source was closed
            (code `source-closed`), or the dataset went under review or was retired meanwhile; or
            new rows were applied to a version that is the newest no more (`base-changed`).
    """
    drawing = held_job(drawing_id, attempt=attempt, queue=DRAWINGS, by=by)
    source = locked(sources_visible_to(by), pk=drawing.source_id)
    if source.state != SourceState.IN_USE:
        raise WrongState(_("The source was closed."), code="source-closed")
    dataset = locked(datasets_visible_to(by), pk=source.dataset_id)
    if extracted is not None and extracted.base_id is not None:
        newest = latest_source_version(dataset)
        if newest is None or newest.pk != extracted.base_id:
            raise WrongState(_("Other data came meanwhile. Draw again."), code="base-changed")
    version = keep_table(dataset.pk, table=table, clean=clean, by=by)
    drawing.version, drawing.rows, drawing.blanked = version, table.info.rows, blanked
    if extracted is not None:
        drawing.brought, drawing.whole = extracted.brought, extracted.whole
    end_done(drawing, "version", "rows", "blanked", "brought", "whole")
    record(
        DrawingFinished(
            subject=f"drawing:{drawing.pk}",
            about=(f"version:{version.pk}", *about_drawing(drawing)),
            sha256=version.sha256,
            rows=version.rows,
        ),
        by=by,
    )
    return drawing
