"""The queue of drawings, and what entries about them and their sources concern."""

from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.source.events import (
    DrawingCancelled,
    DrawingFailed,
    DrawingRequested,
    DrawingStarted,
)
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.selectors import drawings_visible_to
from marketplace.jobs.queues import Priority, Queue


def about(source: DatabaseSource) -> tuple[str, ...]:
    """Return what else an entry about a source concerns."""
    return (f"dataset:{source.dataset_id}", *concerns(source.dataset))


def about_drawing(drawing: Drawing) -> tuple[str, ...]:
    """Return what else an entry about a drawing concerns."""
    return (f"source:{drawing.source_id}", *about(drawing.source))


DRAWINGS = Queue(
    name="drawing",
    priority=Priority.WAITED_FOR,
    rows=drawings_visible_to,
    about=about_drawing,
    requested=DrawingRequested,
    started=DrawingStarted,
    failed=DrawingFailed,
    cancelled=DrawingCancelled,
    begins={"rows": 0},
)
