"""The lives of database sources and of drawings from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class SourceState(TextChoices):
    IN_USE = "in_use", _("In use")
    CLOSED = "closed", _("Closed")


SOURCE: StateMachine[SourceState] = StateMachine(
    "database_source", SourceState, {SourceState.IN_USE: {SourceState.CLOSED}}
)


class DrawingState(TextChoices):
    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


DRAWING_ACTIVE = frozenset({DrawingState.QUEUED.value, DrawingState.RUNNING.value})
"""The states from which a drawing still goes on."""

DRAWING: StateMachine[DrawingState] = StateMachine(
    "drawing",
    DrawingState,
    {
        DrawingState.QUEUED: {DrawingState.RUNNING, DrawingState.CANCELLED},
        DrawingState.RUNNING: {
            DrawingState.QUEUED,
            DrawingState.DONE,
            DrawingState.FAILED,
            DrawingState.CANCELLED,
        },
    },
)
