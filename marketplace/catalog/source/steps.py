"""What the acts on sources and drawings share."""

from collections.abc import Mapping
from uuid import UUID

from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.source.events import DrawingFailed
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.rules import check_works_on, check_works_on_drawings
from marketplace.catalog.source.selectors import drawings_visible_to
from marketplace.catalog.source.states import DRAWING, DrawingState
from marketplace.core import Actor, clock, locked
from marketplace.ledger.services.recording import record


def held_drawing(drawing_id: UUID, *, attempt: int, by: Actor) -> Drawing:
    """Lock the drawing that a worker holds.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
        WrongState: the drawing was cancelled, or another worker has it.
    """
    drawing = locked_for_work(drawing_id, by=by)
    check_works_on(drawing, attempt, by)
    return drawing


def locked_for_work(drawing_id: UUID, *, by: Actor) -> Drawing:
    """Lock a drawing to work on it.

    Raises:
        NotFound: there is no such drawing.
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_drawings(by)
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
    """Return what else an entry about a source concerns."""
    return (f"dataset:{source.dataset_id}", *concerns(source.dataset))


def about_drawing(drawing: Drawing) -> tuple[str, ...]:
    """Return what else an entry about a drawing concerns."""
    return (f"source:{drawing.source_id}", *about(drawing.source))
