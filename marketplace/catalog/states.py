"""The lives of datasets, of database sources and of drawings from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import StateMachine


class DatasetState(TextChoices):
    """Where a dataset stands with content review."""

    DRAFT = "draft", _("In preparation")
    IN_REVIEW = "in_review", _("In content review")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Content approved")
    RETIRED = "retired", _("Retired")


DATASET: StateMachine[DatasetState] = StateMachine(
    "dataset",
    DatasetState,
    {
        DatasetState.DRAFT: {DatasetState.IN_REVIEW, DatasetState.RETIRED},
        DatasetState.IN_REVIEW: {DatasetState.APPROVED, DatasetState.RETURNED},
        DatasetState.RETURNED: {DatasetState.IN_REVIEW, DatasetState.RETIRED},
        DatasetState.APPROVED: {DatasetState.DRAFT, DatasetState.RETIRED},
    },
)

EDITABLE = frozenset({DatasetState.DRAFT.value, DatasetState.RETURNED.value})
"""The states in which description, grade, data and annotations may change."""


class SourceState(TextChoices):
    """Whether a database source can still be drawn from."""

    IN_USE = "in_use", _("In use")
    CLOSED = "closed", _("Closed")


SOURCE: StateMachine[SourceState] = StateMachine(
    "database_source", SourceState, {SourceState.IN_USE: {SourceState.CLOSED}}
)


class DrawingState(TextChoices):
    """Where a drawing stands."""

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
