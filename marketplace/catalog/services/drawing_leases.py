"""What a worker says of the drawing that it holds; refused once the drawing is not its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.events import DrawingFinished, DrawingStarted
from marketplace.catalog.models import Drawing
from marketplace.catalog.reading import CleanTable
from marketplace.catalog.selectors import sources_visible_to
from marketplace.catalog.services.versions import keep_table
from marketplace.catalog.source_guards import (
    about_drawing,
    end_failed,
    held_drawing,
    locked_for_work,
)
from marketplace.catalog.states import DRAWING, DrawingState, SourceState
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming


@transaction.atomic
def take_drawing(drawing_id: UUID, *, by: Actor) -> Drawing:
    """Take a drawing that waits, under a lease that has to be renewed.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
        WrongState: another worker has it, or it ended.
    """
    drawing = locked_for_work(drawing_id, by=by)
    DRAWING.move(drawing, DrawingState.RUNNING)
    drawing.attempt += 1
    drawing.lease_until, drawing.started_at, drawing.rows = _lease_end(), clock.now(), 0
    drawing.save(update_fields=["state", "attempt", "lease_until", "started_at", "rows"])
    record(
        DrawingStarted(
            subject=f"drawing:{drawing.pk}",
            about=about_drawing(drawing),
            attempt=drawing.attempt,
        ),
        by=by,
    )
    return drawing


@transaction.atomic
def beat_drawing(drawing_id: UUID, *, attempt: int, rows: int, by: Actor) -> Drawing:
    """Renew the lease of a drawing and say how far it is; that is not recorded in the ledger.

    Raises:
        NotFound, NotAllowed: as for `take_drawing`.
        WrongState: the drawing was cancelled, or another worker has it.
    """
    drawing = held_drawing(drawing_id, attempt=attempt, by=by)
    drawing.lease_until, drawing.rows = _lease_end(), rows
    drawing.save(update_fields=["lease_until", "rows"])
    return drawing


@transaction.atomic
def fail_drawing(
    drawing_id: UUID,
    *,
    attempt: int,
    error: str,
    parameters: Mapping[str, str | int | float],
    by: Actor,
) -> Drawing:
    """End a drawing that cannot be done, with the code of its reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `beat_drawing`.
    """
    drawing = held_drawing(drawing_id, attempt=attempt, by=by)
    end_failed(drawing, error=error, parameters=parameters, by=by)
    return drawing


@transaction.atomic
def finish_drawing(
    drawing_id: UUID,
    *,
    attempt: int,
    table: CleanTable,
    clean: Incoming,
    blanked: int,
    by: Actor,
) -> Drawing:
    """Keep what was drawn as the newest source version of the dataset, all or nothing.

    Raises:
        NotFound, NotAllowed: as for `beat_drawing`.
        WrongState: as for `beat_drawing`; or the source was closed (code `source-closed`), or the
            dataset went under review or was retired meanwhile.
    """
    drawing = held_drawing(drawing_id, attempt=attempt, by=by)
    source = locked(sources_visible_to(by), pk=drawing.source_id)
    if source.state != SourceState.IN_USE:
        raise WrongState(_("The source was closed."), code="source-closed")
    version = keep_table(source.dataset_id, table=table, clean=clean, by=by)
    DRAWING.move(drawing, DrawingState.DONE)
    drawing.lease_until, drawing.ended_at = None, clock.now()
    drawing.version, drawing.rows, drawing.blanked = version, table.info.rows, blanked
    drawing.save(update_fields=["state", "lease_until", "ended_at", "version", "rows", "blanked"])
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


def _lease_end() -> datetime:
    return clock.now() + timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])
