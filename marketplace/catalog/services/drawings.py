"""Ask for drawings, cancel them, and take up those whose worker is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.events import DrawingCancelled, DrawingRequested
from marketplace.catalog.models import Drawing
from marketplace.catalog.rules import (
    check_cancel_drawing,
    check_cancels,
    check_draw,
    check_start_drawing,
    check_works_on_drawings,
)
from marketplace.catalog.selectors import (
    active_drawing,
    datasets_visible_to,
    drawings_visible_to,
    sources_visible_to,
)
from marketplace.catalog.source_guards import about_drawing, end_failed
from marketplace.catalog.states import DRAWING, DrawingState
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record

MOST_ATTEMPTS = 3
LEASES_TO_WAIT = 15
"""A drawing that nobody took for so many leases is asked for again: its task may be lost."""
LONGEST_NAME = 128


@dataclass(frozen=True)
class Wanted:
    """What to draw: a table or view, columns of it, and at most how many rows (None: all)."""

    schema: str
    table: str
    columns: Sequence[str]
    row_limit: int | None = None


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
    drawing = Drawing.objects.create(
        source=source,
        schema=wanted.schema,
        table=wanted.table,
        columns=list(wanted.columns),
        row_limit=wanted.row_limit,
        requested_by_id=by.person_id,
        queued_at=clock.now(),
    )
    _record_requested(drawing, by=by)
    return drawing


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
    if drawing.state == DrawingState.CANCELLED:
        return drawing
    check_cancel_drawing(drawing, by)
    DRAWING.move(drawing, DrawingState.CANCELLED)
    drawing.lease_until, drawing.ended_at = None, clock.now()
    drawing.save(update_fields=["state", "lease_until", "ended_at"])
    record(DrawingCancelled(subject=f"drawing:{drawing.pk}", about=about_drawing(drawing)), by=by)
    return drawing


@transaction.atomic
def reclaim_drawings(*, by: Actor) -> list[UUID]:
    """Take up the drawings whose worker let its lease run out: queue them again, or let them fail.

    A drawing begins anew then: what a transaction there saw ended with its connection. One that
    has waited so long that its task may be lost is asked for again too, at intervals that double.
    Answers the drawings that were asked for.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_drawings(by)
    now = clock.now()
    # Rows that a worker holds at this moment are being finished.
    free = drawings_visible_to(by).select_for_update(of=("self",), skip_locked=True)
    offered = []
    for drawing in free.filter(state=DrawingState.RUNNING, lease_until__lt=now):
        if drawing.attempt >= MOST_ATTEMPTS:
            parameters = {"attempts": drawing.attempt}
            end_failed(drawing, error="worker-lost", parameters=parameters, by=by)
            continue
        DRAWING.move(drawing, DrawingState.QUEUED)
        drawing.lease_until, drawing.queued_at, drawing.rows = None, now, 0
        drawing.save(update_fields=["state", "lease_until", "queued_at", "rows"])
        _record_requested(drawing, by=by)
        offered.append(drawing.pk)
    longest = timedelta(seconds=LEASES_TO_WAIT * settings.CENTRE["RUN_LEASE_SECONDS"])
    for drawing in free.filter(state=DrawingState.QUEUED, queued_at__lt=now - longest):
        if now - drawing.queued_at < (now - drawing.created_at) / 2:
            continue
        drawing.queued_at = now
        drawing.save(update_fields=["queued_at"])
        _record_requested(drawing, by=by)
        offered.append(drawing.pk)
    return offered


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


def _record_requested(drawing: Drawing, *, by: Actor) -> None:
    record(
        DrawingRequested(
            subject=f"drawing:{drawing.pk}",
            about=about_drawing(drawing),
            attempts_before=drawing.attempt,
        ),
        by=by,
    )
