"""What the acts on sources and drawings ask before they change anything."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.catalog import policies
from marketplace.catalog.editing import check_owner, concerns
from marketplace.catalog.events import DrawingFailed
from marketplace.catalog.models import DatabaseSource, Drawing
from marketplace.catalog.selectors import drawings_visible_to
from marketplace.catalog.states import DRAWING, DrawingState, SourceState
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record


def refuse_unless_open(source: DatabaseSource, *, by: Actor) -> None:
    """Refuse whoever may not use a source, and a closed one.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed.
    """
    check_owner(source.dataset, by=by)
    if source.state != SourceState.IN_USE:
        raise WrongState(
            _("This source is closed. Register it again to draw from it."), code="source-closed"
        )


def held_drawing(drawing_id: UUID, *, attempt: int, by: Actor) -> Drawing:
    """Lock the drawing that a worker holds.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
        WrongState: the drawing was cancelled, or another worker has it.
    """
    drawing = locked_for_work(drawing_id, by=by)
    if drawing.state != DrawingState.RUNNING or drawing.attempt != attempt:
        raise WrongState(_("This drawing was cancelled or taken over."), code="drawing-lost")
    return drawing


def locked_for_work(drawing_id: UUID, *, by: Actor) -> Drawing:
    """Lock a drawing to work on it.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
    """
    if not policies.may_work(by):
        raise NotAllowed(_("Only the centre's own software works on drawings."))
    return locked(drawings_visible_to(by), pk=drawing_id)


def end_failed(
    drawing: Drawing, *, error: str, parameters: Mapping[str, str | int | float], by: Actor
) -> None:
    """End a locked drawing without a result, with the code of its reason."""
    DRAWING.move(drawing, DrawingState.FAILED)
    drawing.lease_until, drawing.ended_at = None, clock.now()
    drawing.error_code, drawing.error_parameters = error, dict(parameters)
    drawing.save(
        update_fields=["state", "lease_until", "ended_at", "error_code", "error_parameters"]
    )
    record(
        DrawingFailed(subject=f"drawing:{drawing.pk}", about=about_drawing(drawing), error=error),
        by=by,
    )


def about(source: DatabaseSource) -> tuple[str, ...]:
    """Answer what else an entry about a source concerns."""
    return (f"dataset:{source.dataset_id}", *concerns(source.dataset))


def about_drawing(drawing: Drawing) -> tuple[str, ...]:
    """Answer what else an entry about a drawing concerns."""
    return (f"source:{drawing.source_id}", *about(drawing.source))
